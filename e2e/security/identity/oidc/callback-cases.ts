import { exchangeOidcCode } from "@/lib/adapters/oidc/exchange-code";
import { answerJson } from "./answers";
import { rowsOf } from "./bad-input";
import type { BadInput, Row } from "./bad-input";
import { beginSignIn, redirectUri, signIn } from "./sign-in";

type Change = (sentBack: URLSearchParams) => void;

const changes: Row<Change>[] = [
  ["state of another sign-in", "state", (sentBack) => sentBack.set("state", "other")],
  ["state missing", "state", (sentBack) => sentBack.delete("state")],
  ["state empty", "state", (sentBack) => sentBack.set("state", "")],
  ["state twice", "callback", (sentBack) => sentBack.append("state", "other")],
  ["state twice the same", "callback", (sentBack) => sentBack.append("state", sentBack.get("state") ?? "")],
  ["code missing", "callback", (sentBack) => sentBack.delete("code")],
  ["code empty", "callback", (sentBack) => sentBack.set("code", "")],
  ["code twice", "callback", (sentBack) => sentBack.append("code", "other")],
  ["a code the provider never issued", "provider-error", (sentBack) => sentBack.set("code", "invented")],
  ["an ID token beside the code", "callback", (sentBack) => sentBack.set("id_token", "e30.e30.e30")],
  ["an access token beside the code", "callback", (sentBack) => sentBack.set("access_token", "x")],
  ["an answer wrapped in a token", "callback", (sentBack) => sentBack.set("response", "e30.e30.e30")],
  ["an error", "provider-error", (sentBack) => sentBack.set("error", "access_denied")],
  ["an error without our state", "state", errorOnly],
  ["an error that is empty", "provider-error", (sentBack) => sentBack.set("error", "")],
  ["mixed up with another provider", "issuer", (sentBack) => sentBack.set("iss", "https://other.example")],
  ["a provider without a name", "issuer", (sentBack) => sentBack.set("iss", "")],
  ["two providers named", "callback", twoIssuers],
];

function errorOnly(sentBack: URLSearchParams): void {
  for (const name of ["code", "state"]) sentBack.delete(name);
  sentBack.set("error", "access_denied");
}

function twoIssuers(sentBack: URLSearchParams): void {
  for (const issuer of ["https://one.example", "https://two.example"]) sentBack.append("iss", issuer);
}

const flows: BadInput[] = [
  {
    name: "callback: a promised provider name is missing",
    reason: "issuer",
    tricks: {
      discovery: (honest) => answerJson({ ...honest, authorization_response_iss_parameter_supported: true }),
    },
  },
  {
    name: "callback: at another path",
    reason: "callback",
    attempt: (tenant) =>
      signIn(tenant, { callbackUrl: "https://portal.example/api/auth/callback/other?code=a" }),
  },
  {
    name: "callback: no address at all",
    reason: "callback",
    attempt: (tenant) => signIn(tenant, { callbackUrl: "?code=a&state=b" }),
  },
  {
    name: "callback: a code used twice",
    reason: "provider-error",
    attempt: async (tenant) => {
      const begun = await beginSignIn(tenant);
      await exchangeOidcCode(tenant.config, begun);
      await exchangeOidcCode(tenant.config, begun);
    },
  },
  {
    name: "callback: a code that another browser began",
    reason: "provider-error",
    attempt: (tenant) => signIn(tenant, { codeVerifier: "v".repeat(43) }),
  },
  {
    name: "callback: a code of another sign-in put into ours",
    reason: "provider-error",
    attempt: async (tenant) => {
      const [theirs, ours] = [await beginSignIn(tenant), await beginSignIn(tenant)];
      const code = new URL(theirs.callbackUrl).searchParams.get("code") ?? "";
      await exchangeOidcCode(tenant.config, {
        ...ours,
        callbackUrl: `${redirectUri}?code=${code}&state=${ours.state}`,
      });
    },
  },
  {
    name: "callback: no state was kept here",
    reason: "state",
    attempt: (tenant) => signIn(tenant, { state: "", callbackUrl: `${redirectUri}?code=a&state=` }),
  },
];

export const callbackCases: BadInput[] = [
  ...rowsOf("callback", changes, (callback) => ({ callback })),
  ...flows,
];
