import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { askForInformation } from "@/lib/requests/conversation/ask-for-information";
import { informationInput } from "@/lib/requests/conversation/schema";

export const POST = defineRoute({
  summary: "Ask the requester for more before deciding",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  body: informationInput.omit({ ticketId: true }),
  useCase: (ctx, { params, body }) => askForInformation(ctx, { ticketId: params.id, ...body }),
});
