import { createHash, randomBytes } from "node:crypto";
import type { JsonWebKey } from "node:crypto";
import type { OidcConfig } from "@/lib/adapters/oidc/oidc-config";
import { answerJson } from "./answers";
import type { Answer } from "./answers";
import { ecKey, otherRsaKey, publicJwk, rsaKey, signToken } from "./forged-tokens";
import type { Json, SigningKey, TokenParts } from "./forged-tokens";

/** Each trick gets the honest answer and says another one. */
export interface Tricks {
  discovery?: (honest: Json) => Answer;
  keySet?: (honest: { keys: JsonWebKey[] }) => Answer;
  tokens?: (honest: Json) => Answer;
  userinfo?: (honest: Json) => Answer;
  claims?: (honest: Json) => Json;
  idToken?: (honest: TokenParts) => string;
  callback?: (honest: URLSearchParams) => void;
  config?: Partial<OidcConfig>;
  key?: SigningKey;
}

export interface Asked {
  path: string;
  body: string;
  authorization: string;
}

export interface Tenant {
  issuer: string;
  config: OidcConfig;
  tricks: Tricks;
  /** What the provider sends a browser back with, for the address it was sent to. */
  authorize(authorizationUrl: string): URLSearchParams;
  answer(asked: Asked): Answer | undefined;
  logoutToken(change?: (honest: TokenParts) => TokenParts): string;
}

interface Grant {
  redirectUri: string;
  nonce: string;
  challenge: string;
}

export const clientSecret = "s3cret-of-the-client";
export const accessToken = "access-token-of-the-person";

export function createTenant(place: { issuer: string; caPem: string }, tricks: Tricks): Tenant {
  const { issuer, caPem } = place;
  const config = {
    ...{ issuer, clientId: "shepherd", clientSecret, scopes: ["profile", "email"], caCertificate: caPem },
    ...tricks.config,
  };
  const grants = new Map<string, Grant>();
  const tenant: Tenant = {
    issuer,
    config,
    tricks,
    authorize: (authorizationUrl) => issueCode(grants, authorizationUrl),
    answer: (asked) => answerStep(tenant, grants, asked),
    logoutToken: (change = (honest) => honest) => signToken(change(honestLogout(tenant))),
  };
  return tenant;
}

function issueCode(grants: Map<string, Grant>, authorizationUrl: string): URLSearchParams {
  const asked = new URL(authorizationUrl).searchParams;
  const code = randomBytes(16).toString("base64url");
  grants.set(code, {
    redirectUri: asked.get("redirect_uri") ?? "",
    nonce: asked.get("nonce") ?? "",
    challenge: asked.get("code_challenge") ?? "",
  });
  return new URLSearchParams({ code, state: asked.get("state") ?? "" });
}

function answerStep(tenant: Tenant, grants: Map<string, Grant>, asked: Asked): Answer | undefined {
  const { tricks } = tenant;
  switch (asked.path) {
    case ".well-known/openid-configuration":
      return (tricks.discovery ?? answerJson)(describe(tenant.issuer));
    case "keys":
      return (tricks.keySet ?? answerJson)({ keys: [rsaKey, otherRsaKey, ecKey].map(publicJwk) });
    case "token":
      return redeem(tenant, grants, asked);
    case "userinfo":
      return (tricks.userinfo ?? answerJson)(honestUserinfo());
    default:
      return undefined;
  }
}

const everyAlgorithm = [
  ...["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA", "HS256", "none", "None", "nOnE"],
];

function describe(issuer: string): Json {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    userinfo_endpoint: `${issuer}/userinfo`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: everyAlgorithm,
    code_challenge_methods_supported: ["S256", "plain"],
    claims_supported: ["sub", "email", "groups"],
  };
}

// The honest provider is a strict one: a code is used once, by the client it was made for, with the verifier of the challenge.
function redeem(tenant: Tenant, grants: Map<string, Grant>, asked: Asked): Answer {
  const sent = new URLSearchParams(asked.body);
  const grant = grants.get(sent.get("code") ?? "");
  grants.delete(sent.get("code") ?? "");
  const challenge = createHash("sha256")
    .update(sent.get("code_verifier") ?? "")
    .digest("base64url");
  if (!isClient(tenant, sent, asked.authorization)) return answerJson({ error: "invalid_client" }, 401);
  if (grant?.challenge !== challenge || sent.get("redirect_uri") !== grant.redirectUri) {
    return answerJson({ error: "invalid_grant" }, 400);
  }
  const tokens = {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: 300,
    id_token: idToken(tenant, grant),
  };
  return (tenant.tricks.tokens ?? answerJson)(tokens);
}

function isClient(tenant: Tenant, sent: URLSearchParams, authorization: string): boolean {
  const basic = `Basic ${Buffer.from(`shepherd:${clientSecret.replaceAll("-", "%2D")}`).toString("base64")}`;
  if (tenant.config.clientSecret === null) return sent.get("client_id") === "shepherd";
  return (
    authorization === basic ||
    (sent.get("client_id") === "shepherd" && sent.get("client_secret") === clientSecret)
  );
}

function idToken(tenant: Tenant, grant: Grant): string {
  const key = tenant.tricks.key ?? rsaKey;
  const claims = { ...honestClaims(tenant), nonce: grant.nonce };
  const honest = { header: headerOf(key), claims: tenant.tricks.claims?.(claims) ?? claims, key };
  return (tenant.tricks.idToken ?? signToken)(honest);
}

function headerOf(key: SigningKey, type = "JWT"): Json {
  return { alg: key.algorithm, kid: key.kid, typ: type };
}

export function epochNow(): number {
  return Math.floor(Date.now() / 1000);
}

function honestClaims(tenant: Tenant): Json {
  const now = epochNow();
  return {
    ...{ iss: tenant.issuer, aud: "shepherd", sub: "person-7", iat: now, exp: now + 300 },
    ...{ sid: "session-7", email: "person@corp.example", at_hash: hashOf(accessToken) },
  };
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");
}

function honestUserinfo(): Json {
  return { sub: "person-7", name: "A Person", email: "mail@corp.example", groups: ["ops"] };
}

function honestLogout(tenant: Tenant): TokenParts {
  const { iss, aud, sub, iat } = honestClaims(tenant);
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const claims = { iss, aud, sub, iat, sid: "session-7", jti: randomBytes(8).toString("hex"), events };
  return { header: headerOf(rsaKey, "logout+jwt"), claims, key: rsaKey };
}
