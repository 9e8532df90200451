import { defineRoute } from "@/app/_http/define-route";
import { askPasskey } from "@/lib/identity/factors/ask-passkey";
import { passkeyOptions } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Begin to prove a passkey",
  description: "Answers with the options of `navigator.credentials.get`, in the names of WebAuthn.",
  access: "signing-in",
  output: passkeyOptions,
  useCase: (ctx) => askPasskey(ctx),
});
