import { verifyOidcLogoutToken } from "@/lib/adapters/oidc/logout-token";
import type { BadInput, Row } from "./bad-input";
import { createRsaKey, encodePart, hashToken, rsaKey, signText, signToken } from "./forged-tokens";
import type { Json, TokenParts } from "./forged-tokens";
import { signIn } from "./sign-in";
import { clientSecret, epochNow } from "./tenant";
import type { Tenant } from "./tenant";

type Forge = (honest: TokenParts) => string;

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";
const stranger = createRsaKey(rsaKey.kid, 2048);

function claims(changes: Json): Forge {
  return (honest) => signToken({ ...honest, claims: { ...honest.claims, ...changes } });
}

function header(changes: Json): Forge {
  return (honest) =>
    signText(JSON.stringify({ ...honest.header, ...changes }), JSON.stringify(honest.claims), honest.key);
}

const forgeries: Row<Forge>[] = [
  ["nothing", "token", () => ""],
  ["no token", "token", () => "logout"],
  ["200 kB", "token", claims({ padding: "x".repeat(200_000) })],
  ["unsigned", "algorithm", (honest) => header({ alg: "none" })(honest).replace(/[^.]+$/, "")],
  ["hashed with the client's secret", "algorithm", hashedWithSecret],
  ["a stranger's key", "signature", (honest) => signToken({ ...honest, key: stranger })],
  ["an unknown key", "key", header({ kid: "rsa-9" })],
  ["a key address of its own", "header", header({ jku: "https://127.0.0.1/evil/keys" })],
  ["the type of an access token", "header", header({ typ: "at+jwt" })],
  ["another payload", "signature", withOtherPayload],
  ["another issuer", "issuer", claims({ iss: "https://evil.example" })],
  ["another client", "audience", claims({ aud: "other" })],
  ["us and another", "audience", claims({ aud: ["shepherd", "other"] })],
  ["expired", "expired", (honest) => claims({ exp: epochNow() - 31 })(honest)],
  ["issue time missing", "claims", claims({ iat: undefined })],
  ["issued in the future", "issued-at", (honest) => claims({ iat: epochNow() + 45 })(honest)],
  ["issued 11 minutes ago", "issued-at", (honest) => claims({ iat: epochNow() - 660 })(honest)],
  ["identifier missing", "claims", claims({ jti: undefined })],
  ["identifier a number", "claims", claims({ jti: 7 })],
  ["no event", "claims", claims({ events: undefined })],
  ["another event", "events", claims({ events: { "http://schemas.openid.net/event/other": {} } })],
  ["the event as text", "events", claims({ events: logoutEvent })],
  ["the event in a list", "events", claims({ events: [logoutEvent] })],
  ["the event without its object", "events", claims({ events: { [logoutEvent]: true } })],
  ["the event as a list", "events", claims({ events: { [logoutEvent]: [] } })],
  ["a nonce", "nonce", claims({ nonce: "n" })],
  ["neither person nor session", "claims", claims({ sub: undefined, sid: undefined })],
  ["an empty person", "claims", claims({ sub: "" })],
  ["a session that is a list", "claims", claims({ sid: ["session-7"] })],
];

function hashedWithSecret(honest: TokenParts): string {
  return hashToken({ ...honest, header: { ...honest.header, alg: "HS256" } }, clientSecret);
}

function withOtherPayload(honest: TokenParts): string {
  const [first, , last] = signToken(honest).split(".");
  return [first, encodePart(JSON.stringify({ ...honest.claims, sub: "administrator" })), last].join(".");
}

async function verifyForgery(tenant: Tenant, forge: Forge): Promise<unknown> {
  let token = "";
  tenant.logoutToken((honest) => {
    token = forge(honest);
    return honest;
  });
  return verifyOidcLogoutToken(tenant.config, token, new Date());
}

export const logoutCases: BadInput[] = [
  ...forgeries.map(([name, reason, forge]): BadInput => ({
    name: `logout: ${name}`,
    reason,
    attempt: (tenant) => verifyForgery(tenant, forge),
  })),
  {
    name: "logout: an ID token",
    reason: "nonce",
    tricks: { claims: (honest) => ({ ...honest, jti: "j", events: { [logoutEvent]: {} } }) },
    attempt: async (tenant) => {
      const { idToken } = await signIn(tenant);
      return verifyOidcLogoutToken(tenant.config, idToken, new Date());
    },
  },
  {
    name: "logout: the token of another provider",
    reason: "issuer",
    attempt: (tenant, provider) =>
      verifyOidcLogoutToken(tenant.config, provider.openTenant().logoutToken(), new Date()),
  },
];
