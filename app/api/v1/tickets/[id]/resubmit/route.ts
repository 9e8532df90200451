import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { resubmitRequest } from "@/lib/requests/conversation/resubmit-request";
import { resubmitInput, resubmitted } from "@/lib/requests/conversation/schema";

export const POST = defineRoute({
  summary: "Answer what an approver asked, and change your own waiting request",
  permission: "requester",
  params: z.strictObject({ id: z.string() }),
  body: resubmitInput.omit({ ticketId: true }),
  output: resubmitted,
  useCase: (ctx, { params, body }) => resubmitRequest(ctx, { ticketId: params.id, ...body }),
});
