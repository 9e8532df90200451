import { defineRoute } from "@/app/_http/define-route";
import { passwordLinkFacts, passwordLinkInput } from "@/lib/identity/schema";
import { readPasswordLink } from "@/lib/identity/set-password-by-link";

export const POST = defineRoute({
  summary: "Read whose password a one-time link sets, and by which rules",
  description: "A POST, so that the link's secret stands in no address.",
  access: "anyone",
  inView: "allowed",
  body: passwordLinkInput,
  output: passwordLinkFacts,
  useCase: (ctx, { body }) => readPasswordLink(ctx, body),
});
