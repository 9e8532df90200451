import { defineRoute } from "@/app/_http/define-route";
import { listRevisions } from "@/lib/settings/queries";
import { revisionFilter, revisionPage } from "@/lib/settings/schema";

export const GET = defineRoute({
  summary: "List who changed which setting",
  permission: "platform:admin",
  query: revisionFilter,
  output: revisionPage,
  useCase: (ctx, { query }) => listRevisions(ctx, query),
});
