import { rowsOf } from "./bad-input";
import type { BadInput, Row } from "./bad-input";
import { createEcKey, createEdKey, createRsaKey, ecKey, encodePart, hashToken } from "./forged-tokens";
import { otherRsaKey, publicJwk, rsaKey, signText, signToken } from "./forged-tokens";
import type { Json, TokenParts } from "./forged-tokens";
import { answerJson, answerRedirect } from "./answers";
import type { Answer } from "./answers";
import { clientSecret } from "./tenant";

type Forge = (honest: TokenParts) => string;

const stranger = createRsaKey("rsa-1", 2048);
const wideEcKey = createEcKey("ec-3", "P-384", "ES384");
const edKey = createEdKey("ed-1");
const pem = rsaKey.publicKey.export({ type: "spki", format: "pem" }).toString();

/** The honest token with other words in its header, signed all the same. */
function withHeader(change: Json): Forge {
  return ({ header, claims, key }) =>
    signText(JSON.stringify({ ...header, ...change }), JSON.stringify(claims), key, key.algorithm);
}

function unsigned(algorithm: string, keepsSignature = false): Forge {
  return ({ header, claims, key }) => {
    const said = JSON.stringify({ ...header, alg: algorithm });
    const signed = signText(said, JSON.stringify(claims), key);
    return keepsSignature ? signed : signed.replace(/[^.]+$/, "");
  };
}

function hashed(secret: string): Forge {
  return ({ header, claims, key }) => hashToken({ header: { ...header, alg: "HS256" }, claims, key }, secret);
}

function signedBy(key: TokenParts["key"], header: Json = {}): Forge {
  return (honest) =>
    signToken({ ...honest, header: { ...honest.header, alg: key.algorithm, kid: key.kid, ...header }, key });
}

const algorithms: Row<Forge>[] = [
  ["none without a signature", "algorithm", unsigned("none")],
  ["None in capitals", "algorithm", unsigned("None")],
  ["nOnE with the signature kept", "algorithm", unsigned("nOnE", true)],
  ["RS256 without a signature", "signature", unsigned("RS256")],
  ["HS256 with the public key in PEM", "algorithm", hashed(pem)],
  ["HS256 with the public key's modulus", "algorithm", hashed(String(publicJwk(rsaKey).n))],
  ["HS256 with the client's secret", "algorithm", hashed(clientSecret)],
  ["HS256 with an empty secret", "algorithm", hashed("")],
  ["RS384", "algorithm", withAlgorithm("RS384")],
  ["RS512", "algorithm", withAlgorithm("RS512")],
  ["PS256", "algorithm", withAlgorithm("PS256")],
  ["ES384", "algorithm", signedBy(wideEcKey)],
  ["EdDSA", "algorithm", signedBy(edKey)],
  ["no algorithm named", "algorithm", withHeader({ alg: undefined })],
  ["a list of algorithms", "algorithm", withHeader({ alg: ["RS256"] })],
];

function withAlgorithm(algorithm: string): Forge {
  return (honest) => signToken({ ...honest, header: { ...honest.header, alg: algorithm } });
}

/** Keys that any algorithm of their kind may use, so that only the list of allowed ones stands in the way. */
function answerAnyAlgorithm(): Answer {
  const keys = [rsaKey, ecKey, wideEcKey, edKey].map((key) => ({ ...publicJwk(key), alg: undefined }));
  return answerJson({ keys });
}

const keys: Row<Forge>[] = [
  ["an unknown key id", "key", signedBy({ ...rsaKey, kid: "rsa-9" })],
  ["a path as key id", "key", signedBy({ ...rsaKey, kid: "../../dev/null" })],
  ["the key id of another key", "signature", signedBy({ ...rsaKey, kid: otherRsaKey.kid })],
  ["the key id of a key of another kind", "key", signedBy({ ...rsaKey, kid: ecKey.kid })],
  ["no key id where there are several keys", "key", signedBy(rsaKey, { kid: undefined })],
  ["a stranger's key under a known key id", "signature", signedBy(stranger)],
  ["its own key in jwk", "header", signedBy(stranger, { jwk: publicJwk(stranger) })],
  ["its own certificate in x5c", "header", signedBy(stranger, { x5c: ["MIIB"] })],
  ["a key address in jku", "header", signedBy(stranger, { jku: "https://127.0.0.1/evil/keys" })],
  ["a certificate address in x5u", "header", signedBy(stranger, { x5u: "https://127.0.0.1/evil/cert" })],
  ["an unknown critical rule", "header", withHeader({ crit: ["exp"] })],
  ["an unencoded payload", "header", withHeader({ b64: false, crit: ["b64"] })],
  ["the type of an access token", "header", withHeader({ typ: "at+jwt" })],
  ["the type of a logout token", "header", withHeader({ typ: "logout+jwt" })],
];

const texts: Row<Forge>[] = [
  ["another payload under the signature", "signature", withOtherPayload],
  ["a signature cut short", "signature", (honest) => signToken(honest).slice(0, -8)],
  ["an ES256 signature of zeros", "signature", zeroSignature],
  ["an ES256 key with an RS256 header", "key", signedBy(ecKey, { alg: "RS256" })],
  ["two parts", "token", (honest) => signToken(honest).split(".").slice(0, 2).join(".")],
  ["four parts", "token", (honest) => `${signToken(honest)}.e30`],
  ["five parts, as if encrypted", "token", (honest) => `${signToken(honest)}.e30.e30`],
  ["a header that is no JSON", "token", ({ claims, key }) => signText("{", JSON.stringify(claims), key)],
  ["a payload that is no JSON", "token", ({ header, key }) => signText(JSON.stringify(header), "hello", key)],
  ["a list as payload", "token", ({ header, key }) => signText(JSON.stringify(header), "[]", key)],
  ["a subject named twice", "token", withSecondSubject],
  ["an algorithm named twice", "token", withSecondAlgorithm],
];

function withOtherPayload(honest: TokenParts): string {
  const [header, , signature] = signToken(honest).split(".");
  const payload = encodePart(JSON.stringify({ ...honest.claims, sub: "administrator" }));
  return [header, payload, signature].join(".");
}

function zeroSignature({ header, claims }: TokenParts): string {
  const said = JSON.stringify({ ...header, alg: "ES256", kid: ecKey.kid });
  return `${encodePart(said)}.${encodePart(JSON.stringify(claims))}.${Buffer.alloc(64).toString("base64url")}`;
}

function withSecondSubject({ header, claims, key }: TokenParts): string {
  const twice = JSON.stringify(claims).replace("{", '{"sub":"administrator",');
  return signText(JSON.stringify(header), twice, key);
}

function withSecondAlgorithm({ header, claims, key }: TokenParts): string {
  const twice = JSON.stringify(header).replace("{", '{"alg":"none",');
  return signText(twice, JSON.stringify(claims), key);
}

const shortKey = createRsaKey("short", 1024);
const keySets: BadInput[] = [
  {
    name: "key: a published key of 1,024 bits",
    reason: "key",
    tricks: { key: shortKey, keySet: () => answerJson({ keys: [publicJwk(shortKey)] }) },
  },
  {
    name: "key: one key id for two keys",
    reason: "key",
    tricks: { keySet: () => answerJson({ keys: [publicJwk(rsaKey), publicJwk(stranger)] }) },
  },
  {
    name: "key: a key meant for encryption",
    reason: "key",
    tricks: { keySet: () => answerJson({ keys: [{ ...publicJwk(rsaKey), use: "enc" }] }) },
  },
  {
    name: "key: a key meant for another algorithm",
    reason: "key",
    tricks: { keySet: () => answerJson({ keys: [{ ...publicJwk(rsaKey), alg: "PS256" }] }) },
  },
  {
    name: "key: a key set that is elsewhere",
    reason: "redirect",
    tricks: { keySet: () => answerRedirect("https://127.0.0.1/evil/keys") },
  },
];

export const signatureCases: BadInput[] = [
  ...rowsOf("algorithm", algorithms, (idToken) => ({ idToken, keySet: answerAnyAlgorithm })),
  ...rowsOf("key", keys, (idToken) => ({ idToken })),
  ...rowsOf("token", texts, (idToken) => ({ idToken })),
  ...keySets,
];
