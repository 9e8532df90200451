import { defineRoute } from "@/app/_http/define-route";
import { batchSubmitted, powerBatchInput } from "@/lib/batches/schema";
import { submitBatch } from "@/lib/batches/submit-batch";

export const POST = defineRoute({
  summary: "Start, stop or restart many virtual machines; the rule answers for each",
  permission: "vm:operate",
  body: powerBatchInput,
  output: batchSubmitted,
  status: 202,
  useCase: (ctx, { body }) => submitBatch(ctx, { ...body, operation: "POWER" }),
  headers: ({ statusUrl, retryAfterSeconds }) => ({
    Location: statusUrl,
    "Retry-After": String(retryAfterSeconds),
  }),
});
