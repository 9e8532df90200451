import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Agent, fetch } from "undici";
import { freePort } from "./listen";
import type { DirectoryLab } from "./server";
import { startDirectoryLab } from "./server";
import { openVisitor, type Page, type Visitor } from "./visitor";

const redirectUri = "http://127.0.0.1:3000/api/v1/auth/providers/provider/callback";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-directory-"));
let lab: DirectoryLab;

beforeAll(async () => {
  lab = await startDirectoryLab({ stateFolder: folder });
  await lab.control.changeClient({ redirectUris: [redirectUri] });
});
afterEach(async () => {
  await lab.control.changeClient({ idTokenAlgorithm: "RS256" });
});
afterAll(async () => {
  await lab.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const dispatcher = () => new Agent({ connect: { ca: lab.caCertificate } });

function passwordOf(username: string): string {
  return lab.people.find((person) => person.username === username)?.password ?? "";
}

async function ask(url: string, authorization?: string, body?: URLSearchParams) {
  const headers = authorization === undefined ? {} : { authorization };
  const request = { dispatcher: dispatcher(), headers, ...(body && { method: "POST", body }) };
  const response = await fetch(url, request);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const discover = async () => (await ask(`${lab.oidc.issuer}/.well-known/openid-configuration`)).body;

function authorizationUrl(changes: Record<string, string | undefined> = {}, verifier = "") {
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const wanted: Record<string, string | undefined> = {
    client_id: lab.oidc.clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: "openid profile email",
    state: "state-1",
    nonce: "nonce-1",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...changes,
  };
  const url = new URL(`${lab.oidc.issuer}/auth`);
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** The whole flow, as a person and an application do it together. */
async function signIn(username: string, visitor: Visitor = openVisitor(lab.caCertificate)) {
  const verifier = randomBytes(32).toString("base64url");
  let page: Page = await visitor.open(authorizationUrl({}, verifier));
  if (page.html.includes('name="password"')) {
    page = await visitor.submit(page, { username, password: passwordOf(username) });
  }
  const answer = new URL(page.url).searchParams;
  expect(answer.get("state")).toBe("state-1");
  expect(answer.get("iss")).toBe(lab.oidc.issuer);
  const code = answer.get("code") ?? "";
  const tokens = await redeem(code, verifier);
  expect(tokens.status).toBe(200);
  return { ...(await verify(String(tokens.body["id_token"]))), tokens: tokens.body, code, verifier };
}

function redeem(code: string, verifier: string) {
  const { clientId, clientSecret } = lab.oidc;
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  const body = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
  return ask(`${lab.oidc.issuer}/token`, authorization, new URLSearchParams(body));
}

async function verify(token: string) {
  const keys = (await ask(`${lab.oidc.issuer}/jwks`)).body as unknown as JSONWebKeySet;
  const facts = { issuer: lab.oidc.issuer, audience: lab.oidc.clientId };
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), facts);
  return { claims: payload, algorithm: decodeProtectedHeader(token).alg };
}

test("discovery names every endpoint the product needs, over TLS only", async () => {
  const found = await discover();
  expect(found["issuer"]).toBe(lab.oidc.issuer);
  for (const name of [
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "end_session_endpoint",
  ]) {
    expect(found[name]).toMatch(/^https:\/\/127\.0\.0\.1:/);
  }
  expect(found["code_challenge_methods_supported"]).toEqual(["S256"]);
  expect(found["backchannel_logout_supported"]).toBe(true);
  expect(found["id_token_signing_alg_values_supported"]).toEqual(["RS256", "ES256"]);
});

test("a person signs in and the application gets a signed id_token with the groups, nested ones too", async () => {
  const { claims, algorithm, tokens } = await signIn("sam");
  expect(algorithm).toBe("RS256");
  expect(claims).toMatchObject({
    nonce: "nonce-1",
    preferred_username: "sam",
    name: "Sam Żółkiewski",
    email: "sam@directory.test",
    groups: ["on-call", "platform-admins"],
  });
  const asked = await ask(`${lab.oidc.issuer}/me`, `Bearer ${String(tokens["access_token"])}`);
  expect(asked.body).toMatchObject({ sub: claims.sub, groups: ["on-call", "platform-admins"] });
});

test("the id_token is signed with ES256 where the client is registered so", async () => {
  await lab.control.changeClient({ idTokenAlgorithm: "ES256" });
  expect((await signIn("quinn")).algorithm).toBe("ES256");
});

test("a withdrawn group, an empty list and a missing claim are three different answers", async () => {
  expect((await signIn("olivia")).claims["groups"]).toEqual(["engineering", "shop-developers"]);
  await lab.control.changePerson("olivia", { groups: ["engineering"] });
  expect((await signIn("olivia")).claims["groups"]).toEqual(["engineering"]);
  await lab.control.changePerson("olivia", { groups: [] });
  expect((await signIn("olivia")).claims["groups"]).toEqual([]);
  await lab.control.changePerson("olivia", { groups: null });
  expect((await signIn("olivia")).claims).not.toHaveProperty("groups");
  await lab.control.changePerson("olivia", { groups: ["engineering", "shop-developers"] });
});

test("a wrong password and a disabled account are answered alike, without a code", async () => {
  const attempt = async (password: string) => {
    const visitor = openVisitor(lab.caCertificate);
    const page = await visitor.open(authorizationUrl({}, "v".repeat(43)));
    return visitor.submit(page, { username: "rita", password });
  };
  const wrong = await attempt("nothing");
  await lab.control.changePerson("rita", { enabled: false });
  const disabled = await attempt(passwordOf("rita"));
  await lab.control.changePerson("rita", { enabled: true });
  expect([wrong.status, disabled.status]).toEqual([401, 401]);
  const words = (page: Page) => page.html.replace(/\/login\/[\w-]+/, "");
  expect(words(wrong)).toBe(words(disabled));
  expect((await attempt(passwordOf("rita"))).url).toContain("code=");
});

test("a request without PKCE and a second use of a code are refused", async () => {
  const bare = { code_challenge: undefined, code_challenge_method: undefined };
  const page = await openVisitor(lab.caCertificate).open(authorizationUrl(bare));
  expect(new URL(page.url).searchParams.get("error")).toBe("invalid_request");
  const { code, verifier } = await signIn("peter");
  expect(await redeem(code, verifier)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("a redirect address that is not registered gets no answer", async () => {
  const page = await openVisitor(lab.caCertificate).open(
    authorizationUrl({ redirect_uri: "http://127.0.0.1:9/elsewhere" }, "v"),
  );
  expect(page.status).toBe(400);
  expect(page.html).toContain("redirect_uri");
});

test("the application hears of a logout by the back channel, from the server and from sign-out", async () => {
  const { port, heard, close } = await listenForLogouts();
  const backchannelLogoutUri = `http://127.0.0.1:${port}/backchannel-logout`;
  await lab.control.changeClient({
    backchannelLogoutUri,
    postLogoutRedirectUris: ["http://127.0.0.1:3000/login"],
  });
  const first = await signIn("tina");
  expect(await lab.control.logOut("tina")).toMatchObject([{ username: "tina", problem: null }]);
  const { claims } = await verify(heard[0] ?? "");
  expect(claims).toMatchObject({ sub: first.claims.sub, sid: first.claims["sid"] });
  expect(claims["events"]).toHaveProperty(["http://schemas.openid.net/event/backchannel-logout"]);
  expect(claims).not.toHaveProperty("nonce");

  const visitor = openVisitor(lab.caCertificate);
  const { tokens } = await signIn("tina", visitor);
  const end = new URL(`${lab.oidc.issuer}/session/end`);
  end.searchParams.set("id_token_hint", String(tokens["id_token"]));
  end.searchParams.set("post_logout_redirect_uri", "http://127.0.0.1:3000/login");
  const asked = await visitor.open(end.href);
  const left = await visitor.submit(asked, { logout: "yes" });
  expect(left.url).toBe("http://127.0.0.1:3000/login");
  expect(heard).toHaveLength(2);
  expect((await visitor.open(authorizationUrl({}, "v"))).html).toContain('name="password"');
  await close();
});

async function listenForLogouts() {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => {
      heard.push(new URLSearchParams(chunk.toString()).get("logout_token") ?? "");
    });
    request.on("end", () => response.writeHead(200).end());
  });
  const port = await freePort(0);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { port, heard, close };
}
