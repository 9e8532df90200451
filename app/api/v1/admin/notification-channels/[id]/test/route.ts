import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { openedDelivery } from "@/lib/notifications/deliveries/schema";
import { testChannel } from "@/lib/notifications/deliveries/test-channel";

export const POST = defineRoute({
  summary: "Send a sample to a notification channel",
  description: "One attempt; how it went stands in the delivery.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  output: openedDelivery,
  status: 202,
  headers: ({ deliveryId }) => ({ Location: `/api/v1/admin/notification-deliveries/${deliveryId}` }),
  useCase: (ctx, { params: { id } }) => testChannel(ctx, { channelId: id }),
});
