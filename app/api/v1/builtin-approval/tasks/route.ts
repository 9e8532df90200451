import { defineRoute } from "@/app/_http/define-route";
import { listQueue } from "@/lib/requests/queries";
import { requestFilter, requestPage } from "@/lib/requests/schema";

export const GET = defineRoute({
  summary: "List what waits for a decision, the oldest first",
  permission: "builtin_approval:view",
  query: requestFilter,
  output: requestPage,
  useCase: (ctx, { query }) => listQueue(ctx, query),
});
