import { answerHtml, answerHuge, answerJson, answerRedirect, answerText } from "./answers";
import type { Answer } from "./answers";
import { rowsOf } from "./bad-input";
import type { BadInput, Row } from "./bad-input";
import type { Json } from "./forged-tokens";
import { signIn } from "./sign-in";

type Say = (honest: Json) => Answer;

function put(changes: Json): Say {
  return (honest) => answerJson({ ...honest, ...changes });
}

const tokens: Row<Say>[] = [
  ["an error", "provider-error", () => answerJson({ error: "invalid_grant" }, 400)],
  ["the client refused", "client-authentication", () => answerJson({ error: "invalid_client" }, 401)],
  ["the client refused by a challenge", "client-authentication", challenge],
  ["an error that calls itself a success", "token-response", () => answerJson({ error: "invalid_grant" })],
  ["a page", "json", answerHtml],
  ["a page as error", "token-response", () => ({ ...answerHtml(), status: 400 })],
  ["a list", "token-response", () => answerJson([])],
  ["access token missing", "token-response", put({ access_token: undefined })],
  ["access token a number", "token-response", put({ access_token: 7 })],
  ["token type missing", "token-response", put({ token_type: undefined })],
  ["token type of another kind", "token-response", put({ token_type: "mac" })],
  ["token type bound to a key we never showed", "token-response", put({ token_type: "DPoP" })],
  ["ID token missing", "token-response", put({ id_token: undefined })],
  ["ID token empty", "token-response", put({ id_token: "" })],
  ["ID token an object", "token-response", put({ id_token: { sub: "person-7" } })],
  ["ID tokens in a list", "token-response", (honest) => put({ id_token: [honest.id_token] })(honest)],
  ["two ID tokens", "json", twoIdTokens],
  ["another access token than the ID token's", "access-token-hash", put({ access_token: "swapped" })],
  ["600 kB", "too-large", answerHuge],
  ["a redirect", "redirect", () => answerRedirect("https://127.0.0.1/evil/token")],
  ["a broken provider", "answer", () => answerJson({ error: "server_error" }, 500)],
];

function challenge(): Answer {
  const answer = answerJson({ error: "invalid_client" }, 401);
  return { ...answer, headers: { ...answer.headers, "www-authenticate": 'Basic realm="idp"' } };
}

function twoIdTokens(honest: Json): Answer {
  return answerText(JSON.stringify(honest).replace("{", '{"id_token":"e30.e30.e30",'), "application/json");
}

const userinfo: Row<Say>[] = [
  ["another subject", "userinfo", put({ sub: "administrator" })],
  ["subject missing", "userinfo", put({ sub: undefined })],
  ["subject in a list", "userinfo", (honest) => put({ sub: [honest.sub] })(honest)],
  ["subject named twice", "json", twoSubjects],
  ["a page", "json", answerHtml],
  ["a token nobody signed", "json", () => answerText("e30.e30.e30", "application/jwt")],
  ["a list", "userinfo", () => answerJson(["person-7"])],
  ["600 kB", "too-large", answerHuge],
  ["the access token refused", "userinfo", () => answerJson({ error: "invalid_token" }, 401)],
  ["not found", "userinfo", () => answerJson({}, 404)],
  ["a redirect", "redirect", () => answerRedirect("https://127.0.0.1/evil/userinfo")],
  ["a broken provider", "answer", () => answerJson({}, 502)],
];

function twoSubjects(honest: Json): Answer {
  return answerText(JSON.stringify(honest).replace("{", '{"sub":"administrator",'), "application/json");
}

const places: BadInput[] = [
  {
    name: "place: an authority that is not trusted",
    reason: "certificate",
    tricks: { config: { caCertificate: null } },
  },
  {
    name: "place: a certificate for another name",
    reason: "certificate",
    attempt: (tenant, provider) => {
      tenant.config.issuer = `https://localhost:${provider.port}/tenant-1`;
      return signIn(tenant);
    },
  },
  {
    name: "place: nobody listens",
    reason: "unreachable",
    tricks: { config: { issuer: "https://127.0.0.1:1" } },
  },
  {
    name: "place: a name nobody has",
    reason: "unreachable",
    tricks: { config: { issuer: "https://idp.invalid" } },
  },
  ...[
    ...["http://127.0.0.1", "https://169.254.169.254", "https://[::ffff:a9fe:a9fe]", "https://0.0.0.0/idp"],
    ...[
      "https://user:pass@idp.example",
      "https://idp.example/?a=b",
      "https://idp.example/#a",
      "idp.example",
      "",
    ],
  ].map((issuer): BadInput => ({
    name: `place: ${issuer}`,
    reason: "address",
    tricks: { config: { issuer } },
  })),
  { name: "scope: with a space", reason: "scope", tricks: { config: { scopes: ["email admin"] } } },
  {
    name: "client: a wrong secret",
    reason: "client-authentication",
    tricks: { config: { clientSecret: "wrong" } },
  },
  {
    name: "client: only ways to identify that a secret cannot take",
    reason: "client-authentication",
    tricks: {
      discovery: (honest) =>
        answerJson({ ...honest, token_endpoint_auth_methods_supported: ["private_key_jwt"] }),
    },
  },
];

export const answerCases: BadInput[] = [
  ...rowsOf("tokens", tokens, (say) => ({ tokens: say })),
  ...rowsOf("userinfo", userinfo, (say) => ({ userinfo: say })),
  ...places,
];
