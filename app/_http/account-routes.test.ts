import { describe, expect, test } from "vitest";
import { z } from "zod";
import { aHolder, anAccount, aSignedIn, firstPassword, nextPassword } from "@/e2e/factories/account";
import type { Route } from "@/app/_http/define-route";
import { DELETE as revokeSessionRoute } from "@/app/api/v1/admin/users/[id]/sessions/[sessionId]/route";
import { GET as readUserRoute, PATCH as updateUserRoute } from "@/app/api/v1/admin/users/[id]/route";
import { POST as resetRoute } from "@/app/api/v1/admin/users/[id]/reset-password/route";
import { GET as listUsersRoute } from "@/app/api/v1/admin/users/route";
import { POST as logoutRoute } from "@/app/api/v1/auth/logout/route";
import { GET as meRoute } from "@/app/api/v1/auth/me/route";
import { POST as loginRoute } from "@/app/api/v1/auth/login/route";
import { PUT as preferenceRoute } from "@/app/api/v1/auth/preferences/[key]/route";
import { POST as readLinkRoute } from "@/app/api/v1/auth/set-password/link/route";
import { POST as setPasswordRoute } from "@/app/api/v1/auth/set-password/route";
import { DELETE as stopViewRoute, POST as startViewRoute } from "@/app/api/v1/auth/view-as/route";
import { POST as issueRoute } from "@/app/api/v1/me/api-tokens/route";
import { POST as markAllRoute } from "@/app/api/v1/notifications/mark-all-read/route";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";

interface Call {
  method?: string;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  body?: object;
  address?: string;
}

async function call(route: Route, { method = "GET", headers = {}, params = {}, body }: Call = {}) {
  const request = new Request("http://portal.example/api", {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  const text = await response.text();
  const answer: unknown = text === "" ? null : JSON.parse(text);
  return { status: response.status, answer };
}

async function withCookie({ actor }: Context & { actor: Person }) {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const cookie = await signSessionCookie({ id: actor.sessionId, userId: actor.id, expiresAt });
  return { cookie: `session_id=${cookie}` };
}

const issued = z.object({ id: z.string(), token: z.string(), expires_at: z.string() });
const linked = z.object({ url: z.string(), expires_at: z.string() });

describe("a token", () => {
  test("is issued to a signed-in person and then speaks for them, but not for another token", async () => {
    const ctx = await aSignedIn("role-viewer");
    const wanted = { name: "ci", permissions: ["vm:read"], environments: ["test"], expires_in_days: 7 };
    const first = await call(issueRoute, { method: "POST", headers: await withCookie(ctx), body: wanted });
    expect(first.status).toBe(201);
    const { token } = issued.parse(first.answer);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call(meRoute, { headers })).answer).toMatchObject({ id: ctx.actor.id, viewed_by: null });
    const second = await call(issueRoute, { method: "POST", headers, body: wanted });
    expect(second).toMatchObject({
      status: 403,
      answer: { code: "PERMISSION_DENIED", params: { reason: "token" } },
    });
  });

  test("that is asked for twice under one key is issued once, and its secret is answered once", async () => {
    const ctx = await aSignedIn("role-viewer");
    const headers = { ...(await withCookie(ctx)), "idempotency-key": newId() };
    const asked = { method: "POST", headers, body: { name: "ci" } };
    const answers = [await call(issueRoute, asked), await call(issueRoute, asked)];
    const [first, second] = answers.map(({ answer }) => issued.parse(answer));
    expect(first?.id).toBe(second?.id);
    expect(second?.token).toBe("given once");
    expect(await db().apiToken.count({ where: { userId: ctx.actor.id } })).toBe(1);
  });

  test.each(["Bearer shp_x", "Basic eDp5", ""])(
    "that is none (%s) is answered as nobody",
    async (authorization) => {
      const ctx = await aSignedIn("role-viewer");
      const headers = { ...(await withCookie(ctx)), authorization, "x-shepherd-address": "203.0.113.50" };
      expect(await call(meRoute, { headers })).toMatchObject({
        status: 401,
        answer: { code: "UNAUTHORIZED" },
      });
    },
  );
});

test("a link goes from the administrator to a password without a session", async () => {
  const account = await anAccount();
  const holder = await aHolder("user:manage");
  const headers = await withCookie(holder);
  const params = { id: account.id };
  const stale = await call(resetRoute, { method: "POST", headers, params });
  expect(stale).toMatchObject({ status: 401, answer: { code: "MFA_REQUIRED" } });
  await db().userSession.update({
    where: { id: holder.actor.sessionId },
    data: { mfaAt: new Date() },
    select: { id: true },
  });
  const reset = await call(resetRoute, { method: "POST", headers, params });
  const token = new URL(linked.parse(reset.answer).url).hash.slice(1);
  const facts = await call(readLinkRoute, { method: "POST", body: { token } });
  expect(facts).toMatchObject({ status: 200, answer: { username: account.username, length_min: 15 } });
  const body = { token, new_password: nextPassword };
  expect(await call(setPasswordRoute, { method: "POST", body })).toEqual({ status: 204, answer: null });
  expect(await call(setPasswordRoute, { method: "POST", body })).toMatchObject({
    status: 403,
    answer: { code: "LINK_REFUSED", params: {} },
  });
  const signIn = (password: string) =>
    call(loginRoute, { method: "POST", body: { username: account.username, password } });
  expect((await signIn(firstPassword)).status).toBe(401);
  expect((await signIn(nextPassword)).status).toBe(200);
});

test("users are listed, read, changed and signed out by whoever manages them", async () => {
  const [target, manager] = [await aSignedIn("role-viewer"), await aHolder("user:manage")];
  const headers = await withCookie(manager);
  const id = target.actor.id;
  const page = await call(listUsersRoute, { headers });
  expect(page).toMatchObject({ status: 200, answer: { pagination: { per_page: 20 } } });
  const changed = await call(updateUserRoute, {
    method: "PATCH",
    headers,
    params: { id },
    body: { display_name: "Vera" },
  });
  expect(changed).toMatchObject({
    status: 200,
    answer: { display_name: "Vera", session_count: 1, is_self: false },
  });
  const ended = { id, sessionId: target.actor.sessionId };
  expect((await call(revokeSessionRoute, { method: "DELETE", headers, params: ended })).status).toBe(204);
  expect((await call(meRoute, { headers: await withCookie(target) })).status).toBe(401);
  expect(
    (await call(readUserRoute, { headers: await withCookie(await aSignedIn("role-viewer")), params: { id } }))
      .status,
  ).toBe(403);
});

test("while looking as somebody else an administrator reads as them and changes nothing but the looking", async () => {
  const [admin, target] = [await aSignedIn("role-platform-admin"), await aSignedIn("role-viewer")];
  await db().userSession.update({
    where: { id: admin.actor.sessionId },
    data: { mfaAt: new Date() },
    select: { id: true },
  });
  await db().mfaFactor.create({
    data: {
      id: newId(),
      userId: admin.actor.id,
      type: "totp",
      name: "Phone",
      secret: {},
      confirmedAt: new Date(),
    },
    select: { id: true },
  });
  const headers = await withCookie(admin);
  const started = await call(startViewRoute, { method: "POST", headers, body: { user_id: target.actor.id } });
  expect(started).toMatchObject({ status: 200, answer: { username: target.actor.username } });
  expect((await call(meRoute, { headers })).answer).toMatchObject({
    id: target.actor.id,
    viewed_by: { id: admin.actor.id },
  });
  const changes: [Route, Call][] = [
    [preferenceRoute, { method: "PUT", params: { key: "theme" }, body: { value: "dark" } }],
    [markAllRoute, { method: "POST" }],
    [issueRoute, { method: "POST", body: { name: "ci" } }],
    [startViewRoute, { method: "POST", body: { user_id: target.actor.id } }],
    [resetRoute, { method: "POST", params: { id: target.actor.id } }],
  ];
  for (const [route, asked] of changes)
    expect(await call(route, { ...asked, headers })).toMatchObject({
      status: 403,
      answer: { code: "VIEW_ONLY" },
    });
  expect((await call(stopViewRoute, { method: "DELETE", headers })).status).toBe(204);
  expect((await call(meRoute, { headers })).answer).toMatchObject({ id: admin.actor.id, viewed_by: null });
  await call(startViewRoute, { method: "POST", headers, body: { user_id: target.actor.id } });
  expect((await call(logoutRoute, { method: "POST", headers })).status).toBeLessThan(300);
  expect((await call(meRoute, { headers })).status).toBe(401);
  expect((await call(meRoute, { headers: await withCookie(target) })).status).toBe(200);
});
