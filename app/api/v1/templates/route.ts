import { defineRoute } from "@/app/_http/define-route";
import { pageOfferedTemplates } from "@/lib/catalog/templates/queries";
import { offeredFilter, offeredPage } from "@/lib/catalog/templates/schema";

export const GET = defineRoute({
  summary: "List the templates on offer",
  permission: "vm:read",
  query: offeredFilter,
  output: offeredPage,
  useCase: (ctx, { query }) => pageOfferedTemplates(ctx, query),
});
