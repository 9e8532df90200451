import type { JWTPayload } from "jose";
import { OidcRefusal } from "./oidc-refusal";

const lengthMax = 255;

/** A subject is at most 255 characters by the standard, and is stored as the person's key at the provider. */
export function readSubject(claims: JWTPayload): string {
  const subject = readName(claims.sub);
  if (subject === null) throw new OidcRefusal("claims", "the token names no subject");
  return subject;
}

export function readSessionId(claims: JWTPayload): string | null {
  return readName(claims.sid);
}

/** A name of the provider; null when it is absent, anything but a plain name is refused. */
export function readName(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === "string" && value !== "" && value.length <= lengthMax && !/\p{Cc}/u.test(value))
    return value;
  throw new OidcRefusal("claims", "the token holds a name that is none");
}
