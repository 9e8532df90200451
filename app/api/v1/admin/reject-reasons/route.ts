import { defineRoute } from "@/app/_http/define-route";
import { listRejectReasons } from "@/lib/requests/reject-reasons/queries";
import { rejectReasonId, rejectReasonInput, rejectReasons } from "@/lib/requests/reject-reasons/schema";
import { setRejectReason } from "@/lib/requests/reject-reasons/set-reject-reason";

export const GET = defineRoute({
  summary: "List the reasons that approvers can pick when they reject",
  permission: "platform:admin",
  output: rejectReasons,
  useCase: async (ctx) => ({ items: await listRejectReasons(ctx) }),
});

export const POST = defineRoute({
  summary: "Add a reason for rejecting",
  permission: "platform:admin",
  body: rejectReasonInput.omit({ id: true }),
  output: rejectReasonId,
  status: 201,
  useCase: (ctx, { body }) => setRejectReason(ctx, body),
});
