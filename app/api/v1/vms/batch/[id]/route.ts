import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readBatch } from "@/lib/batches/queries";
import { batchDetail } from "@/lib/batches/schema";

export const GET = defineRoute({
  summary: "Show a batch and what became of each of its items",
  params: z.strictObject({ id: z.string() }),
  output: batchDetail,
  useCase: (ctx, { params }) => readBatch(ctx, params.id),
});
