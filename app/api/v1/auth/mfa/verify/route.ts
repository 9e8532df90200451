import { defineRoute } from "@/app/_http/define-route";
import { verified, verifyMfaInput } from "@/lib/identity/factors/schema";
import { verifyMfa } from "@/lib/identity/factors/verify-mfa";

export const POST = defineRoute({
  summary: "Prove a second factor",
  description:
    "With exactly one of `code`, `recovery_code` and `passkey`. Finishes a sign-in, and again where something answered " +
    "MFA_REQUIRED with a purpose.",
  access: "signing-in",
  body: verifyMfaInput,
  output: verified,
  useCase: (ctx, { body }) => verifyMfa(ctx, body),
});
