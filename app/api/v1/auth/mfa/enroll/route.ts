import { defineRoute } from "@/app/_http/define-route";
import { enrollTotp } from "@/lib/identity/factors/enroll-totp";
import { begunTotp, enrollTotpInput } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Begin to add an authenticator app",
  description:
    "Answers with the secret and its `otpauth` address, once. The first factor asks for the password, further ones for a fresh " +
    "second factor. The app counts after `auth/mfa/enroll/confirm`.",
  access: "before-mfa-enrollment",
  body: enrollTotpInput,
  output: begunTotp,
  status: 201,
  useCase: (ctx, { body }) => enrollTotp(ctx, body),
});
