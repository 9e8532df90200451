import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { cancelBatch } from "@/lib/batches/cancel-batch";
import { affected } from "@/lib/batches/schema";

export const POST = defineRoute({
  summary: "Withdraw what nobody has decided in your batch",
  permission: "requester",
  params: z.strictObject({ id: z.string() }),
  output: affected,
  useCase: (ctx, { params }) => cancelBatch(ctx, { batchId: params.id }),
});
