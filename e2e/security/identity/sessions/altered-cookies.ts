import { createHmac, randomBytes } from "node:crypto";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";

/** A live session, and another person's. */
export interface Facts {
  cookie: string;
  sessionId: string;
  userId: string;
  other: { cookie: string; sessionId: string; userId: string };
  /** What the portal publishes of its keys. */
  publicKey: string;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const hour = 3_600_000;

/** Cookie headers that stand for nobody, by what is wrong with them. */
export async function alterCookie(facts: Facts): Promise<[name: string, header: string][]> {
  const cookies = [...alterParts(facts), ...chooseAlgorithm(facts), ...(await signOthers(facts))];
  return [
    ...cookies.map(([name, cookie]): [string, string] => [name, `session_id=${cookie}`]),
    ...sendOtherwise(facts),
  ];
}

function alterParts({ cookie, other }: Facts): [string, string][] {
  const [head = "", body = "", signature = ""] = cookie.split(".");
  const [, otherBody = "", otherSignature = ""] = other.cookie.split(".");
  const last = signature.endsWith("A") ? "B" : "A";
  const claims: object = JSON.parse(Buffer.from(body, "base64url").toString());
  return [
    ["a signature with one letter changed", `${head}.${body}.${last}${signature.slice(1)}`],
    ["a signature cut short", `${head}.${body}.${signature.slice(0, -1)}`],
    ["a signature made longer", `${head}.${body}.${signature}A`],
    ["a padded signature", `${head}.${body}.${signature}=`],
    ["no signature", `${head}.${body}.`],
    ["two parts", `${head}.${body}`],
    ["a fourth part", `${cookie}.x`],
    ["another person's claims under one's own signature", `${head}.${otherBody}.${signature}`],
    ["one's own claims under another's signature", `${head}.${body}.${otherSignature}`],
    [
      "a later end under the old signature",
      `${head}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`,
    ],
    ["claims with a letter added", `${head}.${body}A.${signature}`],
    ["all in capitals", cookie.toUpperCase()],
    ["the parts in another order", `${body}.${head}.${signature}`],
    ["nothing", ""],
    ["only dots", ".."],
    ["two thousand letters", `${head}.${body}.${"A".repeat(2_000)}`],
    ["letters that are no base64", "€.€.€"],
  ];
}

/** What a verifier that believes the head would accept. */
function chooseAlgorithm({ cookie, publicKey }: Facts): [string, string][] {
  const [head = "", body = "", signature = ""] = cookie.split(".");
  const sign = (first: string, key: string | Buffer, hash = "sha256") =>
    `${first}.${body}.${createHmac(hash, key).update(`${first}.${body}`).digest("base64url")}`;
  const none = encode({ alg: "none", typ: "JWT" });
  const longer = encode({ alg: "HS512", typ: "JWT" });
  return [
    ["the algorithm none without a signature", `${none}.${body}.`],
    ["the algorithm none with the old signature", `${none}.${body}.${signature}`],
    ["the algorithm None", `${encode({ alg: "None", typ: "JWT" })}.${body}.`],
    ["a longer hash", sign(longer, randomBytes(32), "sha512")],
    [
      "a key of one's own in the head",
      sign(encode({ alg: "HS256", typ: "JWT", jwk: { kty: "oct", k: "AA" } }), "\0"),
    ],
    ["a key id that is a path", sign(encode({ alg: "HS256", typ: "JWT", kid: "/dev/null" }), "")],
    ["an empty key", sign(head, "")],
    ["a key of another portal", sign(head, randomBytes(32))],
    ["the published key as the secret", sign(head, publicKey)],
  ];
}

/** Signed by the portal itself, and yet for nobody. */
async function signOthers({ sessionId, userId, other }: Facts): Promise<[string, string][]> {
  const later = new Date(Date.now() + hour);
  const sign = (id: string, owner: string, expiresAt = later) =>
    signSessionCookie({ id, userId: owner, expiresAt });
  return [
    ["one's session with another's name", await sign(sessionId, other.userId)],
    ["another's session with one's name", await sign(other.sessionId, userId)],
    ["a session that never was", await sign("none", userId)],
    ["a cookie that ran out", await sign(sessionId, userId, new Date(Date.now() - hour))],
  ];
}

function sendOtherwise({ cookie }: Facts): [string, string][] {
  return [
    ["another cookie's name", `sessionid=${cookie}`],
    ["the name in capitals", `SESSION_ID=${cookie}`],
    ["a forged cookie before the real one", `session_id=x.y.z; session_id=${cookie}`],
    ["the cookie inside another", `other="session_id=${cookie}"`],
  ];
}
