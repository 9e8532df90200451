import { defineRoute } from "@/app/_http/define-route";
import { listRequests } from "@/lib/requests/queries";
import { requestFilter, requestPage } from "@/lib/requests/schema";

export const GET = defineRoute({
  summary: "List requests: your own, and those ticket:view opens",
  permission: "ticket:view",
  query: requestFilter,
  output: requestPage,
  useCase: (ctx, { query }) => listRequests(ctx, query),
});
