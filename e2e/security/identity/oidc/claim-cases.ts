import { rowsOf } from "./bad-input";
import type { BadInput, Row } from "./bad-input";
import type { Json } from "./forged-tokens";
import { epochNow, hashOf } from "./tenant";

type Change = (honest: Json) => Json;

function issuer(change: (honest: string) => unknown): Change {
  return (honest) => ({ ...honest, iss: change(String(honest.iss)) });
}

function put(changes: Json): Change {
  return (honest) => ({ ...honest, ...changes });
}

function leaveOut(name: string): Change {
  return (honest) => ({ ...honest, [name]: undefined });
}

const issuers: Row<Change>[] = [
  ["another one", "issuer", put({ iss: "https://evil.example" })],
  ["with a slash at the end", "issuer", issuer((honest) => `${honest}/`)],
  ["in capitals", "issuer", issuer((honest) => honest.toUpperCase())],
  ["by http", "issuer", issuer((honest) => honest.replace("https", "http"))],
  ["with more behind it", "issuer", issuer((honest) => `${honest}.evil.example`)],
  ["only its beginning", "issuer", issuer((honest) => honest.slice(0, -1))],
  ["with a space", "issuer", issuer((honest) => `${honest} `)],
  ["in a list", "claims", issuer((honest) => [honest])],
  ["missing", "claims", leaveOut("iss")],
];

const audiences: Row<Change>[] = [
  ["another client", "audience", put({ aud: "other" })],
  ["in capitals", "audience", put({ aud: "SHEPHERD" })],
  ["a name that begins like ours", "audience", put({ aud: "shepherd-2" })],
  ["a list without us", "audience", put({ aud: ["a", "b"] })],
  ["an empty list", "audience", put({ aud: [] })],
  ["us and another without a party", "audience", put({ aud: ["shepherd", "other"] })],
  ["us and another, made for the other", "audience", put({ aud: ["shepherd", "other"], azp: "other" })],
  ["us alone, made for another", "audience", put({ azp: "other" })],
  ["a number", "claims", put({ aud: 7 })],
  ["an object", "claims", put({ aud: { shepherd: true } })],
  ["missing", "claims", leaveOut("aud")],
];

// openid-client refuses what is long gone, and the wall itself what is over by a second.
const times: Row<Change>[] = [
  ["expired 31 seconds ago", "expired", (honest) => put({ exp: epochNow() - 31 })(honest)],
  ["expired a day ago", "expired", (honest) => put({ exp: epochNow() - 86_400 })(honest)],
  ["expiry as text", "claims", put({ exp: "9999999999" })],
  ["expiry missing", "claims", leaveOut("exp")],
  ["expiry null", "claims", put({ exp: null })],
  ["not valid yet", "expired", (honest) => put({ nbf: epochNow() + 45 })(honest)],
  ["issued in 45 seconds", "issued-at", (honest) => put({ iat: epochNow() + 45 })(honest)],
  [
    "issued next year",
    "issued-at",
    (honest) => put({ iat: epochNow() + 31_536_000, exp: 9_999_999_999 })(honest),
  ],
  ["issued two hours ago", "issued-at", (honest) => put({ iat: epochNow() - 7_200 })(honest)],
  ["issued in milliseconds", "issued-at", put({ iat: Date.now(), exp: 9_999_999_999_999 })],
  ["issue time as text", "claims", put({ iat: "1700000000" })],
  ["issue time missing", "claims", leaveOut("iat")],
];

const names: Row<Change>[] = [
  ["subject missing", "claims", leaveOut("sub")],
  ["subject empty", "claims", put({ sub: "" })],
  ["subject a number", "claims", put({ sub: 7 })],
  ["subject a list", "claims", put({ sub: ["person-7"] })],
  ["subject of 256 characters", "claims", put({ sub: "s".repeat(256) })],
  ["subject with a control character", "claims", put({ sub: "person-7\u0000" })],
  ["session a number", "claims", put({ sid: 7 })],
  ["nonce of another sign-in", "nonce", put({ nonce: "other" })],
  ["nonce missing", "claims", leaveOut("nonce")],
  ["nonce empty", "nonce", put({ nonce: "" })],
  ["nonce in a list", "nonce", (honest) => ({ ...honest, nonce: [honest.nonce] })],
  ["nonce with more behind it", "nonce", (honest) => ({ ...honest, nonce: `${String(honest.nonce)}x` })],
  ["hash of another access token", "access-token-hash", put({ at_hash: hashOf("other") })],
  ["hash as a number", "access-token-hash", put({ at_hash: 7 })],
  ["hash empty", "access-token-hash", put({ at_hash: "" })],
];

export const claimCases: BadInput[] = [
  ...rowsOf("issuer", issuers, (claims) => ({ claims })),
  ...rowsOf("audience", audiences, (claims) => ({ claims })),
  ...rowsOf("time", times, (claims) => ({ claims })),
  ...rowsOf("claim", names, (claims) => ({ claims })),
];
