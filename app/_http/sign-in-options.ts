import { createHmac } from "node:crypto";
import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { masterKey } from "@/lib/core/keyring";
import { logger } from "@/lib/core/logger";
import { checkSession } from "@/lib/identity/check-session";
import { sessionCookieName } from "@/lib/identity/rules";
import { signInInput } from "@/lib/identity/schema";
import { signInWithPassword } from "@/lib/identity/sign-in-with-password";
import { signOut } from "@/lib/identity/sign-out";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { parseInput } from "./field-errors";
import { toAppError } from "./problem";
import { sessionCookieOptions } from "./session-cookie";

/** What the cookie's token carries between next-auth's callbacks. */
const token = z.object({ sub: z.string(), sid: z.string(), expiresAt: z.number() });
const signedInUser = z.object({ id: z.string(), sid: z.string(), expiresAt: z.number() });

const dayInSeconds = 86_400;

/** next-auth for one request: it carries the protocol, the session row decides. */
export async function signInOptions(ctx: Context): Promise<NextAuthOptions> {
  return {
    secret: createHmac("sha256", await masterKey("web"))
      .update("next-auth")
      .digest("hex"),
    session: { strategy: "jwt", maxAge: dayInSeconds },
    useSecureCookies: sessionCookieOptions().secure,
    cookies: { sessionToken: { name: sessionCookieName, options: sessionCookieOptions() } },
    pages: { signIn: "/login", error: "/login" },
    providers: [passwordProvider(ctx)],
    callbacks: {
      jwt: ({ token: carried, user }) => (user ? carryUser(user) : carried),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (isOwnPath(url) || new URL(url).origin === baseUrl ? url : baseUrl),
    },
    jwt: {
      encode: ({ token: carried }) => {
        const { sub, sid, expiresAt } = token.parse(carried);
        return signSessionCookie({ id: sid, userId: sub, expiresAt: new Date(expiresAt) });
      },
      decode: ({ token: cookie }) => decode(ctx, cookie),
    },
    events: {
      signOut: async () => {
        await signOut(ctx);
      },
    },
    logger: quietLogger(ctx),
  };
}

function passwordProvider(ctx: Context) {
  return CredentialsProvider({
    id: "password",
    name: "Password",
    credentials: { username: { type: "text" }, password: { type: "password" } },
    authorize: async (credentials) => {
      try {
        const { username, password } = credentials ?? {};
        const input = parseInput(signInInput, { value: { username, password }, unknown: [] });
        const { person, expiresAt } = await signInWithPassword(ctx, input);
        return { id: person.id, sid: person.sessionId, expiresAt: expiresAt.getTime() } as User;
      } catch (error) {
        // The form reads the code and the seconds to wait from this message.
        const { code, params } = toAppError(error, ctx.requestId);
        throw new Error([code, params["retryAfter"]].filter(Boolean).join(":"));
      }
    },
  });
}

function carryUser(user: unknown) {
  const { id, sid, expiresAt } = signedInUser.parse(user);
  return { sub: id, sid, expiresAt };
}

async function decode(ctx: Context, cookie: string | undefined) {
  const person = cookie === undefined ? null : await checkSession(ctx, cookie);
  if (person === null) return null;
  return { sub: person.id, sid: person.sessionId, expiresAt: ctx.now.getTime() + dayInSeconds * 1000 };
}

function isOwnPath(url: string): boolean {
  return url.startsWith("/") && !url.startsWith("//") && !url.startsWith("/\\");
}

/** A cookie whose session was revoked is everyday life and not an error. */
function quietLogger(ctx: Context): NonNullable<NextAuthOptions["logger"]> {
  const log = logger("sign-in");
  return {
    error: (code) => log.debug({ code, requestId: ctx.requestId }, "next-auth"),
    warn: (code) => log.debug({ code, requestId: ctx.requestId }, "next-auth"),
    debug: () => undefined,
  };
}
