import { expect, test } from "vitest";
import { aSignedIn, refused } from "@/e2e/factories/account";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { rememberAnswer } from "./remember-answer";

test("an answer's secrets are given once: neither kept nor repeated", async () => {
  const ctx = await aSignedIn("role-viewer");
  const request = { key: newId(), method: "POST", path: "/api/v1/me/api-tokens", body: { name: "ci" } };
  const secret = newId().repeat(2);
  const body = {
    id: "1",
    token: `shp_${secret}`,
    link: { url: `https://portal.example/set-password#${secret}`, expires_at: "2026-11-22" },
    recovery_codes: [secret],
    url: "https://portal.example/vms",
  };
  const answer = { status: 201, headers: { "Set-Cookie": secret, Location: "/x" }, body };
  expect(await rememberAnswer(ctx, request, () => Promise.resolve(answer))).toEqual({
    ...answer,
    replayed: false,
  });
  const again = await rememberAnswer(ctx, request, () => Promise.reject(new Error("done twice")));
  expect(again).toEqual({
    status: 201,
    headers: { Location: "/x" },
    body: {
      id: "1",
      token: "given once",
      link: { url: "https://portal.example/set-password#given once", expires_at: "2026-11-22" },
      recovery_codes: "given once",
      url: "https://portal.example/vms",
    },
    replayed: true,
  });
  const stored = await db().idempotencyKey.findMany({ where: { userId: ctx.actor.id } });
  expect(JSON.stringify(stored)).not.toContain(secret);
});

test("what a person was answered is not answered again to a token of theirs", async () => {
  const ctx = await aSignedIn("role-viewer");
  const request = { key: newId(), method: "POST", path: "/api/v1/vms", body: {} };
  const answer = { status: 200, headers: {}, body: { id: "1" } };
  await rememberAnswer(ctx, request, () => Promise.resolve(answer));
  const token = { permissions: [], environments: null, elevated: false };
  const program = { ...ctx, actor: { ...ctx.actor, sessionId: newId(), token } };
  const attempt = rememberAnswer(program, request, () => Promise.resolve(answer));
  expect(await refused(attempt)).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
});
