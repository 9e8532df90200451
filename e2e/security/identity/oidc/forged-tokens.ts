import { constants, createHmac, generateKeyPairSync, sign } from "node:crypto";
import type { JsonWebKey, KeyObject } from "node:crypto";

/** A key pair of the provider; tokens are put together by hand, so that each of their parts can be wrong. */
export interface SigningKey {
  kid: string;
  algorithm: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export type Json = Record<string, unknown>;

export interface TokenParts {
  header: Json;
  claims: Json;
  key: SigningKey;
}

export const rsaKey = createRsaKey("rsa-1", 2048);
export const otherRsaKey = createRsaKey("rsa-2", 2048);
export const ecKey = createEcKey("ec-1", "P-256", "ES256");

export function createRsaKey(kid: string, modulusLength: number): SigningKey {
  return { kid, algorithm: "RS256", ...generateKeyPairSync("rsa", { modulusLength }) };
}

export function createEcKey(kid: string, namedCurve: string, algorithm: string): SigningKey {
  return { kid, algorithm, ...generateKeyPairSync("ec", { namedCurve }) };
}

export function createEdKey(kid: string): SigningKey {
  return { kid, algorithm: "EdDSA", ...generateKeyPairSync("ed25519") };
}

/** The key as it stands in a key set. */
export function publicJwk(key: SigningKey): JsonWebKey {
  return { ...key.publicKey.export({ format: "jwk" }), kid: key.kid, use: "sig", alg: key.algorithm };
}

export function signToken({ header, claims, key }: TokenParts): string {
  return signText(JSON.stringify(header), JSON.stringify(claims), key, String(header.alg));
}

/** Signs whatever the two texts say, with the algorithm named. */
export function signText(header: string, claims: string, key: SigningKey, algorithm = key.algorithm): string {
  const input = `${encodePart(header)}.${encodePart(claims)}`;
  return `${input}.${signatureOf(input, key, algorithm).toString("base64url")}`;
}

export function encodePart(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** A keyed hash over the token with a secret that everybody knows, which a careless reader takes for a signature. */
export function hashToken(parts: TokenParts, secret: string): string {
  const input = `${encodePart(JSON.stringify(parts.header))}.${encodePart(JSON.stringify(parts.claims))}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

function signatureOf(input: string, key: SigningKey, algorithm: string): Buffer {
  const data = Buffer.from(input);
  const hash = `sha${algorithm.slice(-3)}`;
  if (algorithm.startsWith("PS")) {
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(algorithm.slice(-3)) / 8 };
    return sign(hash, data, { key: key.privateKey, ...padding });
  }
  if (algorithm.startsWith("ES")) return sign(hash, data, { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return sign(algorithm.startsWith("RS") ? hash : null, data, key.privateKey);
}
