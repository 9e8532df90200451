import { gzipSync } from "node:zlib";
import { testOidcConnection } from "@/lib/adapters/oidc/test-connection";
import { answerAt, answerHtml, answerHuge, answerJson, answerRedirect, answerText } from "./answers";
import type { Answer } from "./answers";
import { rowsOf } from "./bad-input";
import type { BadInput, Row } from "./bad-input";
import { publicJwk, rsaKey } from "./forged-tokens";
import type { Json } from "./forged-tokens";

type Say = (honest: Json) => Answer;

function put(changes: Json): Say {
  return (honest) => answerJson({ ...honest, ...changes });
}

function endpoint(name: string, change: (honest: string) => string): Say {
  return (honest) => answerJson({ ...honest, [name]: change(String(honest[name])) });
}

const toHttp = (honest: string): string => honest.replace("https://", "http://");
const endpoints = [
  ...["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint"],
];

const documents: Row<Say>[] = [
  ["another issuer", "issuer", put({ issuer: "https://evil.example" })],
  ["the issuer with a slash", "issuer", endpoint("issuer", (honest) => `${honest}/`)],
  ["the issuer in capitals", "issuer", endpoint("issuer", (honest) => honest.replace("https", "HTTPS"))],
  ["no issuer", "discovery", put({ issuer: undefined })],
  ["an issuer in a list", "discovery", (honest) => answerJson({ ...honest, issuer: [honest.issuer] })],
  ["two issuers", "json", (honest) => answerText(twice(honest), "application/json")],
  ["no key set", "discovery", put({ jwks_uri: undefined })],
  ["no token endpoint", "discovery", put({ token_endpoint: undefined })],
  ["no algorithms", "discovery", put({ id_token_signing_alg_values_supported: undefined })],
  ["algorithms as text", "discovery", put({ id_token_signing_alg_values_supported: "RS256" })],
  ["only algorithms that are refused", "algorithm", onlyAlgorithms],
  ["PKCE in plain text only", "pkce", put({ code_challenge_methods_supported: ["plain"] })],
  ["no PKCE", "pkce", put({ code_challenge_methods_supported: [] })],
  [
    "a token endpoint at the metadata service",
    "endpoint",
    put({ token_endpoint: "https://169.254.169.254/token" }),
  ],
  ["a key set in a file", "endpoint", put({ jwks_uri: "file:///etc/passwd" })],
  ["a key set in itself", "endpoint", put({ jwks_uri: "data:application/json,{}" })],
  ["a sign-in page that is a script", "endpoint", put({ authorization_endpoint: "javascript:alert(1)" })],
  ["credentials in the token endpoint", "endpoint", put({ token_endpoint: "https://a:b@127.0.0.1/token" })],
  ["a sign-in page with a redirect of its own", "endpoint", presetRedirect],
  ["a list", "discovery", () => answerJson([])],
  ["a page", "json", answerHtml],
  ["JSON called a page", "json", (honest) => answerText(JSON.stringify(honest), "text/html")],
  ["no JSON", "json", () => answerText("{issuer:1}", "application/json")],
  ["packed JSON", "json", packed],
  ["nested too deep", "json", () => answerText(`${"[".repeat(500)}${"]".repeat(500)}`, "application/json")],
  ["600 kB", "too-large", answerHuge],
  ["a redirect", "redirect", (honest) => answerRedirect(`${String(honest.issuer)}/elsewhere`)],
  ["not found", "discovery", () => answerJson({}, 404)],
  ["an empty answer", "discovery", () => answerText("", "application/json", 204)],
  ["a broken provider", "answer", () => answerJson({}, 500)],
  ["a provider that asks for patience", "answer", () => answerJson({}, 429)],
  ...endpoints.map((name): Row<Say> => [`${name} by http`, "endpoint", endpoint(name, toHttp)]),
];

function twice(honest: Json): string {
  return JSON.stringify(honest).replace("{", '{"issuer":"https://evil.example",');
}

function onlyAlgorithms(honest: Json): Answer {
  return answerJson({
    ...honest,
    id_token_signing_alg_values_supported: ["none", "HS256", "PS256", "RS512"],
  });
}

function presetRedirect(honest: Json): Answer {
  const page = `${String(honest.authorization_endpoint)}?redirect_uri=https%3A%2F%2Fevil.example`;
  return answerJson({ ...honest, authorization_endpoint: page });
}

function packed(honest: Json): Answer {
  const answer = answerText(gzipSync(JSON.stringify(honest)), "application/json");
  return { ...answer, headers: { ...answer.headers, "content-encoding": "gzip" } };
}

const privateJwk = rsaKey.privateKey.export({ format: "jwk" });
const keySets: Row<() => Answer>[] = [
  [
    "1,000 keys",
    "key-set",
    () => answerJson({ keys: Array.from({ length: 1_000 }, () => ({ kty: "oct" })) }),
  ],
  ["a private key", "key-set", () => answerJson({ keys: [{ ...privateJwk, kid: rsaKey.kid }] })],
  [
    "a shared secret",
    "key-set",
    () => answerJson({ keys: [{ kty: "oct", k: "c2VjcmV0" }, publicJwk(rsaKey)] }),
  ],
  ["no keys", "key-set", () => answerJson({ keys: [] })],
  ["keys that are text", "key-set", () => answerJson({ keys: ["rsa-1"] })],
  ["a list", "key-set", () => answerJson([publicJwk(rsaKey)])],
  ["600 kB", "too-large", () => answerHuge({ keys: [publicJwk(rsaKey)] })],
  ["a page", "json", answerHtml],
  ["not found", "key-set", () => answerJson({}, 404)],
  ["a broken provider", "answer", () => answerJson({}, 503)],
];

export const documentCases: BadInput[] = [
  ...rowsOf("discovery", documents, (discovery) => ({ discovery })),
  ...rowsOf("key set", keySets, (keySet) => ({ keySet })),
  {
    name: "connection test: the issuer in capitals",
    reason: "issuer",
    tricks: { discovery: endpoint("issuer", (honest) => honest.replace("https", "HTTPS")) },
    attempt: (tenant) => testOidcConnection(tenant.config),
  },
  {
    name: "connection test: a private key",
    reason: "key-set",
    tricks: { keySet: () => answerJson({ keys: [privateJwk] }) },
    attempt: (tenant) => testOidcConnection(tenant.config),
  },
];

/** Each of these takes as long as the product waits, so they run side by side. */
export const slowCases: BadInput[] = [
  { name: "discovery: silence", reason: "timeout", tricks: { discovery: () => answerAt("silent") } },
  {
    name: "discovery: a byte now and then",
    reason: "timeout",
    tricks: { discovery: () => answerAt("dripping") },
  },
  { name: "key set: a byte now and then", reason: "timeout", tricks: { keySet: () => answerAt("dripping") } },
  { name: "tokens: silence", reason: "timeout", tricks: { tokens: () => answerAt("silent") } },
  {
    name: "userinfo: a byte now and then",
    reason: "timeout",
    tricks: { userinfo: () => answerAt("dripping") },
  },
];
