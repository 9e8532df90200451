import { defineRoute } from "@/app/_http/define-route";
import { confirmTotp } from "@/lib/identity/factors/confirm-totp";
import { confirmTotpInput, enrolled } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Confirm an authenticator app with a code of it",
  description:
    "Answers with the recovery codes, once, when it is the person's first factor. Their other sessions end.",
  access: "before-mfa-enrollment",
  body: confirmTotpInput,
  output: enrolled,
  useCase: (ctx, { body }) => confirmTotp(ctx, body),
});
