import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { sendAgain } from "@/lib/requests/desks/send-again";

export const POST = defineRoute({
  summary: "Send a request to its external approval system once more",
  permission: "platform:admin",
  params: z.strictObject({ deliveryId: z.string() }),
  status: 202,
  useCase: (ctx, { params: { deliveryId } }) => sendAgain(ctx, { deliveryId }),
});
