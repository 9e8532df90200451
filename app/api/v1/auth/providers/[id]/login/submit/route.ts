import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { setSessionCookie } from "@/app/_http/session-cookie";
import type { Context } from "@/lib/core/context";
import { submitCredentialsInput, type SubmitCredentials } from "@/lib/identity/providers/sign-in/schema";
import { submitCredentials } from "@/lib/identity/providers/sign-in/submit-credentials";
import { signedIn } from "@/lib/identity/schema";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";

export const POST = defineRoute({
  summary: "Sign in with a password that a directory checks",
  description: "Answers with the session cookie `session_id`, as the sign-in with a local password does.",
  access: "anyone",
  params: z.strictObject({ id: z.string() }),
  body: submitCredentialsInput.omit({ providerId: true }),
  output: signedIn,
  useCase: (ctx, { params, body }) => signInWithCookie(ctx, { ...body, providerId: params.id }),
  headers: ({ cookie, expiresAt }) => ({ "Set-Cookie": setSessionCookie(cookie, expiresAt) }),
});

async function signInWithCookie(ctx: Context, input: SubmitCredentials) {
  const { person, expiresAt } = await submitCredentials(ctx, input);
  const cookie = await signSessionCookie({ id: person.sessionId, userId: person.id, expiresAt });
  return { ...person, expiresAt, cookie };
}
