import { defineRoute } from "@/app/_http/define-route";
import { setPasswordByLinkInput } from "@/lib/identity/schema";
import { setPasswordByLink } from "@/lib/identity/set-password-by-link";

export const POST = defineRoute({
  summary: "Set a password with a one-time link",
  description: "`token` is what stands behind the # of the link. Every session of the account ends.",
  access: "anyone",
  inView: "allowed",
  body: setPasswordByLinkInput,
  useCase: (ctx, { body }) => setPasswordByLink(ctx, body),
});
