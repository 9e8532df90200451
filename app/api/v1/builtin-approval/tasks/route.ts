import { defineRoute } from "@/app/_http/define-route";
import { listQueue } from "@/lib/requests/queries";
import { queueFilter, queuePage } from "@/lib/requests/queue/schema";

export const GET = defineRoute({
  summary: "List what waits for a decision, what is urgent soonest first",
  permission: "builtin_approval:view",
  query: queueFilter,
  output: queuePage,
  useCase: (ctx, { query }) => listQueue(ctx, query),
});
