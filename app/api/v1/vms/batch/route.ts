import { defineRoute } from "@/app/_http/define-route";
import { listBatches } from "@/lib/batches/queries";
import { batchFilter, batchInput, batchPage, batchSubmitted } from "@/lib/batches/schema";
import { submitBatch } from "@/lib/batches/submit-batch";

export const GET = defineRoute({
  summary: "List your batches; everybody's for administrators",
  query: batchFilter,
  output: batchPage,
  useCase: (ctx, { query }) => listBatches(ctx, query),
});

export const POST = defineRoute({
  summary: "Ask for many new virtual machines, or for many to be deleted or changed, all or none",
  description: "The same request_id answers as the first time; with another body it is refused.",
  permission: "vm:create, vm:delete or vm:operate",
  body: batchInput,
  output: batchSubmitted,
  status: 202,
  useCase: (ctx, { body }) => submitBatch(ctx, body),
  headers: ({ statusUrl, retryAfterSeconds }) => ({
    Location: statusUrl,
    "Retry-After": String(retryAfterSeconds),
  }),
});
