import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { retryBatch } from "@/lib/batches/retry-batch";
import { affected } from "@/lib/batches/schema";

export const POST = defineRoute({
  summary: "Do again what failed in your batch",
  permission: "requester",
  params: z.strictObject({ id: z.string() }),
  output: affected,
  useCase: (ctx, { params }) => retryBatch(ctx, { batchId: params.id }),
});
