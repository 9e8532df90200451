import { defineRoute } from "@/app/_http/define-route";
import { enrollPasskey } from "@/lib/identity/factors/enroll-passkey";
import { enrollPasskeyInput, passkeyOptions } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Begin to add a passkey",
  description: "Answers with the options of `navigator.credentials.create`, in the names of WebAuthn.",
  access: "before-mfa-enrollment",
  body: enrollPasskeyInput,
  output: passkeyOptions,
  useCase: (ctx, { body }) => enrollPasskey(ctx, body),
});
