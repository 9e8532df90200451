import { defineRoute } from "@/app/_http/define-route";
import { setSessionCookie } from "@/app/_http/session-cookie";
import type { Context } from "@/lib/core/context";
import { signedIn, signInInput, type SignIn } from "@/lib/identity/schema";
import { signInWithPassword } from "@/lib/identity/sign-in-with-password";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";

export const POST = defineRoute({
  summary: "Sign in with a password",
  description: "Answers with the session cookie `session_id`, which every other call carries.",
  access: "anyone",
  body: signInInput,
  output: signedIn,
  useCase: (ctx, { body }) => signInWithCookie(ctx, body),
  headers: ({ cookie, expiresAt }) => ({ "Set-Cookie": setSessionCookie(cookie, expiresAt) }),
});

async function signInWithCookie(ctx: Context, input: SignIn) {
  const { person, expiresAt } = await signInWithPassword(ctx, input);
  const cookie = await signSessionCookie({ id: person.sessionId, userId: person.id, expiresAt });
  return { ...person, expiresAt, cookie };
}
