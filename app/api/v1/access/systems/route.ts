import { defineRoute } from "@/app/_http/define-route";
import { listAskableSystems } from "@/lib/requests/access/queries";
import { askableFilter, askablePage } from "@/lib/requests/access/schema";

export const GET = defineRoute({
  summary: "List the systems you may ask a role on: those you know, and those that are listed",
  query: askableFilter,
  output: askablePage,
  useCase: (ctx, { query }) => listAskableSystems(ctx, query),
});
