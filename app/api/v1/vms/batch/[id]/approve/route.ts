import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { decideBatch } from "@/lib/batches/decide-batch";
import { affected } from "@/lib/batches/schema";

export const POST = defineRoute({
  summary: "Approve everything that waits in a batch, each request checked alone",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  body: z.strictObject({ comment: z.string().trim().max(2_000).default("") }),
  output: affected,
  useCase: (ctx, { params, body }) =>
    decideBatch(ctx, { batchId: params.id, verdict: "approve", reason: body.comment }),
});
