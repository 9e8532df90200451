import { defineRoute } from "@/app/_http/define-route";
import { confirmPasskey } from "@/lib/identity/factors/confirm-passkey";
import { confirmPasskeyInput, enrolled } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Add the passkey that was made",
  description: "`response` is the credential's JSON in the names of WebAuthn.",
  access: "before-mfa-enrollment",
  body: confirmPasskeyInput,
  output: enrolled,
  status: 201,
  useCase: (ctx, { body }) => confirmPasskey(ctx, body),
});
