import { defineRoute } from "@/app/_http/define-route";
import { batchSubmitted, decisionBatchInput } from "@/lib/batches/schema";
import { submitDecisions } from "@/lib/batches/submit-decisions";

export const POST = defineRoute({
  summary: "Approve up to twenty requests, each checked and decided alone",
  description: "The batch tells what became of each; the same request_id answers as the first time.",
  permission: "builtin_approval:approve",
  body: decisionBatchInput,
  output: batchSubmitted,
  status: 202,
  useCase: (ctx, { body }) => submitDecisions(ctx, body),
  headers: ({ statusUrl }) => ({ Location: statusUrl }),
});
