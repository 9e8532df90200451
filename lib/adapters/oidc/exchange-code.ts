import { createHash } from "node:crypto";
import type { JWTPayload } from "jose";
import { authorizationCodeGrant } from "openid-client";
import { readCallback } from "./callback-parameters";
import { configureClient } from "./client-configuration";
import { translateFailures } from "./client-failures";
import { findProvider } from "./discovery";
import type { Provider } from "./discovery";
import { tokenAgeSecondsMax } from "./oidc-config";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";
import { verifySignedToken } from "./signed-token";
import { readSessionId, readSubject } from "./token-names";
import { overlayClaims, readUserinfo } from "./userinfo";

export interface CodeExchange {
  /** The address the browser was sent back to, as it was called. */
  callbackUrl: string;
  redirectUri: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  now: Date;
}

export interface OidcIdentity {
  subject: string;
  sessionId: string | null;
  claims: Record<string, unknown>;
  idToken: string;
}

/** Who signed in at the provider; every answer on the way is held against what was asked. */
export async function exchangeOidcCode(config: OidcConfig, exchange: CodeExchange): Promise<OidcIdentity> {
  const provider = await findProvider(config);
  const callback = readCallback(exchange.callbackUrl, exchange, provider.metadata);
  const { idToken, accessToken } = await redeemCode({ provider, config }, callback, exchange);
  const claims = await readIdToken({ provider, config }, idToken, exchange);
  refuseOtherAccessToken(claims, accessToken);

  const subject = readSubject(claims);
  const userinfo = await readUserinfo({ provider, config }, accessToken, subject);
  return {
    subject,
    sessionId: readSessionId(claims),
    claims: overlayClaims(claims, userinfo),
    idToken,
  };
}

interface From {
  provider: Provider;
  config: OidcConfig;
}

async function redeemCode(
  from: From,
  callback: URL,
  exchange: CodeExchange,
): Promise<{ idToken: string; accessToken: string }> {
  const tokens = await translateFailures("token-response", () =>
    authorizationCodeGrant(configureClient(from.provider, from.config, exchange.now), callback, {
      expectedState: exchange.state,
      expectedNonce: exchange.nonce,
      pkceCodeVerifier: exchange.codeVerifier,
      idTokenExpected: true,
    }),
  );
  if (tokens.id_token === undefined || tokens.token_type !== "bearer") {
    throw new OidcRefusal("token-response", "the provider's answer holds no bearer token and ID token");
  }
  return { idToken: tokens.id_token, accessToken: tokens.access_token };
}

async function readIdToken(from: From, idToken: string, exchange: CodeExchange): Promise<JWTPayload> {
  const claims = await verifySignedToken(from, idToken, {
    now: exchange.now,
    types: ["jwt"],
    ageSecondsMax: tokenAgeSecondsMax,
    requiredClaims: ["sub", "exp", "iat", "nonce"],
  });
  if (exchange.nonce === "" || claims.nonce !== exchange.nonce) {
    throw new OidcRefusal("nonce", "the ID token belongs to another sign-in");
  }
  return claims;
}

// Both allowed algorithms hash with SHA-256, of which at_hash is the left half.
function refuseOtherAccessToken(claims: JWTPayload, accessToken: string): void {
  if (claims.at_hash === undefined) return;
  const hash = createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
  if (claims.at_hash !== hash) {
    throw new OidcRefusal("access-token-hash", "the ID token was issued with another access token");
  }
}
