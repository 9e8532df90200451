import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { masterKey } from "@/lib/core/keyring";

/** The cookie only names a session row; the row decides (spec §5.2). */
const claims = z.object({ sid: z.string().max(64), sub: z.string().max(64), exp: z.number() });
export type SessionClaims = z.output<typeof claims>;

const head = encode({ alg: "HS256", typ: "JWT" });

/** A JWT signed with HS256 by the web keyring's master key. */
export async function signSessionCookie(session: {
  id: string;
  userId: string;
  expiresAt: Date;
}): Promise<string> {
  const body = encode({
    sid: session.id,
    sub: session.userId,
    exp: Math.floor(session.expiresAt.getTime() / 1000),
  } satisfies SessionClaims);
  return `${head}.${body}.${await signature(`${head}.${body}`)}`;
}

/** What the cookie says, or null when it is not ours, was altered or has run out. */
export async function readSessionCookie(cookie: string, now: Date): Promise<SessionClaims | null> {
  const [first, body, given, more] = cookie.split(".", 4);
  // Only the one head is accepted, so no other algorithm can be chosen from outside.
  if (first !== head || body === undefined || given === undefined || more !== undefined) return null;
  if (cookie.length > 1024) return null;
  const expected = Buffer.from(await signature(`${first}.${body}`));
  const received = Buffer.from(given);
  if (received.length !== expected.length || !timingSafeEqual(received, expected)) return null;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  return parsed.success && parsed.data.exp * 1000 > now.getTime() ? parsed.data : null;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

async function signature(text: string): Promise<string> {
  return createHmac("sha256", await masterKey("web"))
    .update(text)
    .digest("base64url");
}
