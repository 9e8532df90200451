import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { decideBatch } from "@/lib/batches/decide-batch";
import { affected } from "@/lib/batches/schema";

export const POST = defineRoute({
  summary: "Reject everything that waits in a batch, for one reason",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(2_000) }),
  output: affected,
  useCase: (ctx, { params, body }) =>
    decideBatch(ctx, { batchId: params.id, verdict: "reject", reason: body.reason }),
});
