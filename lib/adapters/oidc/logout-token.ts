import type { JWTPayload } from "jose";
import { findProvider } from "./discovery";
import { logoutTokenAgeSecondsMax } from "./oidc-config";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";
import { verifySignedToken } from "./signed-token";
import { readName } from "./token-names";

export interface OidcLogout {
  subject: string | null;
  sessionId: string | null;
  /** To be remembered for as long as a token may be old, so that a second arrival is known. */
  jti: string;
  issuedAt: Date;
}

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

/** Whom a provider has signed out, by its own signature (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
export async function verifyOidcLogoutToken(
  config: OidcConfig,
  token: string,
  now: Date,
): Promise<OidcLogout> {
  const provider = await findProvider(config);
  const claims = await verifySignedToken({ provider, config }, token, {
    now,
    types: ["logout+jwt", "jwt"],
    ageSecondsMax: logoutTokenAgeSecondsMax,
    requiredClaims: ["iat", "jti", "events"],
  });
  refuseOtherEvent(claims);
  return readLogout(claims);
}

// An ID token always has a nonce here, so a token with one is never taken for a logout.
function refuseOtherEvent(claims: JWTPayload): void {
  if (claims.nonce !== undefined) throw new OidcRefusal("nonce", "a logout token holds no nonce");
  if (!isObject(claims.events) || !isObject(claims.events[logoutEvent])) {
    throw new OidcRefusal("events", "the token does not say that somebody signed out");
  }
}

function readLogout(claims: JWTPayload): OidcLogout {
  const subject = readName(claims.sub);
  const sessionId = readName(claims.sid);
  const jti = readName(claims.jti);
  if (jti === null || claims.iat === undefined || (subject === null && sessionId === null)) {
    throw new OidcRefusal("claims", "the token does not say whom it signs out");
  }
  return { subject, sessionId, jti, issuedAt: new Date(claims.iat * 1000) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
