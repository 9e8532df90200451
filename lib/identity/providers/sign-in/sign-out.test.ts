import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as backchannelLogout } from "@/app/api/v1/auth/providers/[id]/backchannel-logout/route";
import { POST as logout } from "@/app/api/v1/auth/logout/route";
import { aBrowser, aProvider, openDirectory } from "@/e2e/factories/provider";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import { db } from "@/lib/core/db";
import { createServer, type Server } from "node:http";

let lab: DirectoryLab;
let providerId: string;
let front: Server;
const heard: string[] = [];

/** What the HTTP front does for this one door: the provider really calls it over the wire. */
beforeAll(async () => {
  lab = await openDirectory();
  providerId = await aProvider(lab, "oidc");
  front = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts).toString();
      heard.push(new URLSearchParams(body).get("logout_token") ?? "");
      const answer = await deliver(body);
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const bound = front.address();
  const port = bound !== null && typeof bound === "object" ? bound.port : 0;
  await lab.control.changeClient({ backchannelLogoutUri: `http://127.0.0.1:${port}/backchannel-logout` });
});
afterAll(async () => {
  front.close();
  await lab.stop();
});

function deliver(body: string, contentType = "application/x-www-form-urlencoded"): Promise<Response> {
  const request = new Request("http://127.0.0.1:3000/any", {
    method: "POST",
    body,
    headers: { "content-type": contentType },
  });
  return backchannelLogout(request, { params: Promise.resolve({ id: providerId }) });
}

const standing = () => db().userSession.count({ where: { provider: providerId, revokedAt: null } });

test("signing out at the provider ends the session here, once; the token serves nobody again", async () => {
  await aBrowser(lab).signIn(providerId, "tina");
  expect(await standing()).toBe(1);
  expect(await lab.control.logOut("tina")).toMatchObject([{ username: "tina", problem: null }]);
  expect(await standing()).toBe(0);
  const ended = await db().userSession.findFirstOrThrow({ where: { provider: providerId } });
  expect(ended).toMatchObject({ revokedBy: "directory", revokedReason: "provider_logout" });
  const record = await db().auditLog.findFirstOrThrow({
    where: { action: "user.session_revoked", parentId: providerId },
  });
  expect(record.details).toMatchObject({ reason: "provider_logout", count: 1 });

  await aBrowser(lab).signIn(providerId, "tina");
  const again = await deliver(new URLSearchParams({ logout_token: heard[0] ?? "" }).toString());
  expect([again.status, again.headers.get("cache-control")]).toEqual([400, "no-store"]);
  expect(await standing()).toBe(1);
});

test("a logout that nobody signed, none at all, and one in another form are refused", async () => {
  const [head, , signature] = (heard[0] ?? "").split(".");
  const forged = Buffer.from(JSON.stringify({ sub: "x", jti: "other" })).toString("base64url");
  const bodies = [
    "",
    "logout_token=",
    "logout_token=a&logout_token=b",
    `logout_token=${head}.${forged}.${signature}`,
  ];
  for (const body of bodies) expect((await deliver(body)).status).toBe(400);
  expect((await deliver("{}", "application/json")).status).toBe(400);
});

test("signing out here leads to the provider's own end of the session, with the token it gave", async () => {
  const browser = aBrowser(lab);
  await browser.signIn(providerId, "peter");
  const request = browser.send("http://127.0.0.1:3000/api/v1/auth/logout", new URLSearchParams());
  request.headers.delete("content-type");
  const bare = new Request(request.url, { method: "POST", headers: request.headers });
  const answer = await logout(bare, { params: Promise.resolve({}) });
  expect(answer.status).toBe(200);
  const { redirect_url: address } = (await answer.json()) as { redirect_url: string };
  const url = new URL(address);
  expect(url.origin).toBe(lab.oidc.issuer);
  expect(url.searchParams.get("post_logout_redirect_uri")).toBe("http://127.0.0.1:3000/login");
  const asked = await browser.visitor.open(address);
  expect(asked.status).toBe(200);
  const left = await browser.visitor.submit(asked, { logout: "yes" });
  expect(left.url).toBe("http://127.0.0.1:3000/login");
  const sessions = await db().userSession.findMany({
    where: { provider: providerId, user: { username: { startsWith: "peter" } } },
  });
  expect(sessions.map(({ revokedReason }) => revokedReason)).toEqual(["logout"]);
  const stored = JSON.stringify(sessions.map(({ idToken }) => idToken));
  expect(stored).not.toContain(url.searchParams.get("id_token_hint"));
});
