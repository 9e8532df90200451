import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { rejectRequest } from "@/lib/requests/reject-request";
import { rejectInput } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Reject a request with a reason",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  body: rejectInput.omit({ ticketId: true }),
  useCase: (ctx, { params, body }) => rejectRequest(ctx, { ticketId: params.id, ...body }),
});
