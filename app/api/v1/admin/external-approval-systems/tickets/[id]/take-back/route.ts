import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { takeBackInput } from "@/lib/requests/desks/schema";
import { takeBackRequest } from "@/lib/requests/desks/take-back-request";

export const POST = defineRoute({
  summary: "Take a request back from an external approval system",
  description: "It is decided in the built-in queue, and the external system is told.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: takeBackInput.omit({ ticketId: true }),
  useCase: (ctx, { params: { id }, body }) => takeBackRequest(ctx, { ...body, ticketId: id }),
});
