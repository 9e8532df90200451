import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { cancelInput } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Withdraw your own waiting request",
  permission: "requester",
  params: z.strictObject({ id: z.string() }),
  body: cancelInput.omit({ ticketId: true }),
  useCase: (ctx, { params, body }) => cancelRequest(ctx, { ticketId: params.id, ...body }),
});
