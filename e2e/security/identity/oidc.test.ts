import { afterAll, beforeAll, expect, test } from "vitest";
import { oidcAuthorizationUrl } from "@/lib/adapters/oidc/authorization-url";
import { oidcEndSessionUrl } from "@/lib/adapters/oidc/end-session-url";
import { verifyOidcLogoutToken } from "@/lib/adapters/oidc/logout-token";
import { testOidcConnection } from "@/lib/adapters/oidc/test-connection";
import { openSuite } from "../count-refusals";
import { answerCases } from "./oidc/answer-cases";
import { answerJson } from "./oidc/answers";
import { attemptOf } from "./oidc/bad-input";
import type { BadInput } from "./oidc/bad-input";
import { callbackCases } from "./oidc/callback-cases";
import { claimCases } from "./oidc/claim-cases";
import { documentCases, slowCases } from "./oidc/document-cases";
import { createRsaKey, ecKey, publicJwk, rsaKey, signText, signToken } from "./oidc/forged-tokens";
import { startHostileProvider } from "./oidc/hostile-provider";
import type { HostileProvider } from "./oidc/hostile-provider";
import { logoutCases } from "./oidc/logout-cases";
import { readRefusal, redirectUri, signIn } from "./oidc/sign-in";
import { signatureCases } from "./oidc/signature-cases";
import { accessToken, clientSecret, epochNow } from "./oidc/tenant";
import type { Tricks } from "./oidc/tenant";

let provider: HostileProvider;
const suite = openSuite("oidc");

beforeAll(async () => {
  provider = await startHostileProvider();
});

afterAll(async () => {
  await provider.close();
  suite.print(45);
});

async function expectRefusal(input: BadInput): Promise<void> {
  const refusal = await readRefusal(() => attemptOf(input, provider));
  if (refusal) suite.refused(input.name);
  else suite.accepted(input.name);
  expect(refusal?.reason, input.name).toBe(input.reason);
  expect(refusal?.kind).toMatch(/^(?:rejected|unavailable)$/);
  expect(refusal?.cause).toBeUndefined();
  for (const secret of [clientSecret, accessToken, "eyJ"]) {
    expect(`${refusal?.stack} ${JSON.stringify(refusal)}`).not.toContain(secret);
  }
}

const quickCases = [
  ...signatureCases,
  ...claimCases,
  ...callbackCases,
  ...documentCases,
  ...answerCases,
  ...logoutCases,
];

test.each(quickCases)("$name is refused: $reason", expectRefusal);

test("a slow provider is an outage after some seconds", async () => {
  const startedAt = performance.now();
  await Promise.all(slowCases.map(expectRefusal));
  expect(performance.now() - startedAt).toBeLessThan(7_000);
});

test("nothing followed an address that an attacker named", () => {
  expect(provider.visits.filter((path) => /evil|elsewhere/.test(path))).toEqual([]);
});

const accepted: [name: string, tricks: Tricks][] = [
  ["RS256", {}],
  ["ES256", { key: ecKey }],
  [
    "a token without type",
    { idToken: ({ header, ...rest }) => signToken({ header: { ...header, typ: undefined }, ...rest }) },
  ],
  [
    "a single key without a name",
    { keySet: () => answerJson({ keys: [{ ...publicJwk(rsaKey), kid: undefined }] }), idToken: withoutKeyId },
  ],
  ["expired 28 seconds ago", { claims: (honest) => ({ ...honest, exp: epochNow() - 28 }) }],
  ["issued in 28 seconds", { claims: (honest) => ({ ...honest, iat: epochNow() + 28 }) }],
  ["issued 59 minutes ago", { claims: (honest) => ({ ...honest, iat: epochNow() - 3_540 }) }],
  ["us in a list", { claims: (honest) => ({ ...honest, aud: ["shepherd"] }) }],
  [
    "us and another, made for us",
    { claims: (honest) => ({ ...honest, aud: ["other", "shepherd"], azp: "shepherd" }) },
  ],
  ["no hash of the access token", { claims: (honest) => ({ ...honest, at_hash: undefined }) }],
  ["the right provider named (RFC 9207)", { callback: (sentBack) => sentBack.append("session_state", "s") }],
  [
    "a provider silent about PKCE",
    { discovery: (honest) => answerJson({ ...honest, code_challenge_methods_supported: undefined }) },
  ],
  [
    "the secret in the body",
    {
      discovery: (honest) =>
        answerJson({ ...honest, token_endpoint_auth_methods_supported: ["client_secret_post"] }),
    },
  ],
  ["a public client", { config: { clientSecret: null } }],
  ["no userinfo", { discovery: (honest) => answerJson({ ...honest, userinfo_endpoint: undefined }) }],
];

function withoutKeyId({ header, claims, key }: Parameters<NonNullable<Tricks["idToken"]>>[0]): string {
  return signText(JSON.stringify({ ...header, kid: undefined }), JSON.stringify(claims), key);
}

test.each(accepted)("%s is accepted", async (_name, tricks) => {
  const tenant = provider.openTenant(tricks);
  expect(await signIn(tenant)).toMatchObject({ subject: "person-7", sessionId: "session-7" });
});

test("the provider that names itself in its answer is accepted when it is the right one", async () => {
  const tenant = provider.openTenant({
    discovery: (honest) => answerJson({ ...honest, authorization_response_iss_parameter_supported: true }),
  });
  tenant.tricks.callback = (sentBack) => sentBack.set("iss", tenant.issuer);
  expect((await signIn(tenant)).subject).toBe("person-7");
});

test("userinfo adds claims and never changes what was signed", async () => {
  const tenant = provider.openTenant({
    claims: (honest) => ({ ...honest, amr: ["pwd"] }),
    userinfo: (honest) =>
      answerJson({
        ...honest,
        iss: "https://evil.example",
        aud: "other",
        sid: "s",
        acr: "high",
        amr: ["mfa"],
        exp: 1,
      }),
  });
  const { claims, sessionId } = await signIn(tenant);
  expect(claims).toMatchObject({ iss: tenant.issuer, aud: "shepherd", sid: "session-7", amr: ["pwd"] });
  expect(claims).toMatchObject({ email: "mail@corp.example", groups: ["ops"], name: "A Person" });
  expect(claims).not.toHaveProperty("acr");
  expect(claims.exp).not.toBe(1);
  expect(sessionId).toBe("session-7");
});

test("a new key is found at the first token it signs, and an old one is forgotten", async () => {
  const next = createRsaKey("rsa-next", 2048);
  let keys = [publicJwk(rsaKey)];
  const tenant = provider.openTenant({ keySet: () => answerJson({ keys }) });
  await signIn(tenant);
  keys = [publicJwk(next)];
  tenant.tricks.key = next;
  await signIn(tenant);
  tenant.tricks.key = rsaKey;
  expect((await readRefusal(() => signIn(tenant)))?.reason).toBe("key");
});

test("tokens with invented keys make the product ask the provider a few times only", async () => {
  const tenant = provider.openTenant();
  for (let count = 0; count < 30; count += 1) {
    const token = tenant.logoutToken((honest) => ({
      ...honest,
      header: { ...honest.header, kid: `k-${count}` },
    }));
    const refusal = await readRefusal(() => verifyOidcLogoutToken(tenant.config, token, new Date()));
    expect(refusal?.reason).toBe("key");
  }
  const downloads = provider.visits.filter((path) => path === `${new URL(tenant.issuer).pathname}/keys`);
  expect(downloads).toHaveLength(6);
});

test("the browser is sent with a challenge, never with the verifier", async () => {
  const { config } = provider.openTenant();
  const asked = { redirectUri, state: "s", nonce: "n", codeVerifier: "v".repeat(43), loginHint: "person" };
  const url = new URL(await oidcAuthorizationUrl(config, asked));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "shepherd",
    redirect_uri: redirectUri,
    scope: "openid profile email",
    state: "s",
    nonce: "n",
    code_challenge: "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM",
    code_challenge_method: "S256",
    login_hint: "person",
  });
});

test("the connection test says who answers and what it can", async () => {
  const { config, issuer } = provider.openTenant();
  expect(await testOidcConnection(config)).toEqual({
    issuer,
    authorizationEndpoint: `${issuer}/authorize`,
    tokenEndpoint: `${issuer}/token`,
    jwksKeys: 3,
    algorithms: ["RS256", "ES256"],
    endSessionEndpoint: `${issuer}/logout`,
    claimsSupported: ["sub", "email", "groups"],
  });
});

test("signing out leads to the provider's page, where it has one", async () => {
  const asked = { idTokenHint: "e30.e30.e30", postLogoutRedirectUri: "https://portal.example/login" };
  const { config, issuer } = provider.openTenant();
  const url = new URL((await oidcEndSessionUrl(config, asked)) ?? "");
  expect(`${url.origin}${url.pathname}`).toBe(`${issuer}/logout`);
  expect(url.searchParams.get("post_logout_redirect_uri")).toBe("https://portal.example/login");
  expect(url.searchParams.get("id_token_hint")).toBe("e30.e30.e30");

  const without = provider.openTenant({
    discovery: (honest) => answerJson({ ...honest, end_session_endpoint: undefined }),
  });
  expect(await oidcEndSessionUrl(without.config, asked)).toBeNull();
});

test("a logout token names a person, a session or both", async () => {
  const tenant = provider.openTenant();
  const read = (changes: Record<string, unknown>) =>
    verifyOidcLogoutToken(
      tenant.config,
      tenant.logoutToken((honest) => ({ ...honest, claims: { ...honest.claims, ...changes } })),
      new Date(),
    );
  expect(await read({ jti: "j", iat: epochNow() })).toMatchObject({
    ...{ subject: "person-7", sessionId: "session-7", jti: "j" },
    issuedAt: expect.any(Date),
  });
  expect(await read({ sid: undefined })).toMatchObject({ subject: "person-7", sessionId: null });
  expect(await read({ sub: undefined, exp: epochNow() + 120 })).toMatchObject({ subject: null });
});
