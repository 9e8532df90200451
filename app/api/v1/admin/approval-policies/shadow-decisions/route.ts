import { defineRoute } from "@/app/_http/define-route";
import { listShadowDecisions } from "@/lib/requests/policies/queries";
import { shadowFilter, shadowPage } from "@/lib/requests/policies/schema";

export const GET = defineRoute({
  summary: "List where watching rules would have answered otherwise",
  permission: "platform:admin",
  query: shadowFilter,
  output: shadowPage,
  useCase: (ctx, { query }) => listShadowDecisions(ctx, query),
});
