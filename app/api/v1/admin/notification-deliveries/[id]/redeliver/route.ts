import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { retryDelivery } from "@/lib/notifications/deliveries/retry-delivery";
import { openedDelivery } from "@/lib/notifications/deliveries/schema";

export const POST = defineRoute({
  summary: "Send the same once more",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  output: openedDelivery,
  status: 202,
  useCase: (ctx, { params: { id } }) => retryDelivery(ctx, { deliveryId: id }),
});
