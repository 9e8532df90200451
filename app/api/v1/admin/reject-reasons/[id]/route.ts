import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { removeRejectReason } from "@/lib/requests/reject-reasons/remove-reject-reason";
import { rejectReasonId, rejectReasonInput } from "@/lib/requests/reject-reasons/schema";
import { setRejectReason } from "@/lib/requests/reject-reasons/set-reject-reason";

const params = z.strictObject({ id: z.string() });

export const PUT = defineRoute({
  summary: "Change a reason for rejecting",
  permission: "platform:admin",
  params,
  body: rejectReasonInput.omit({ id: true }),
  output: rejectReasonId,
  useCase: (ctx, { params: { id }, body }) => setRejectReason(ctx, { id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Remove a reason for rejecting",
  permission: "platform:admin",
  params,
  useCase: (ctx, { params: { id } }) => removeRejectReason(ctx, { id }),
});
