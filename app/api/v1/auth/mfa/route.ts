import { defineRoute } from "@/app/_http/define-route";
import { readOwnFactors } from "@/lib/identity/factors/queries";
import { ownFactors } from "@/lib/identity/factors/schema";

export const GET = defineRoute({
  summary: "List one's own second factors",
  access: "before-mfa-enrollment",
  output: ownFactors,
  useCase: (ctx) => readOwnFactors(ctx),
});
