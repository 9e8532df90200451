import { defineRoute } from "@/app/_http/define-route";
import { testMailInput, openedDelivery } from "@/lib/notifications/deliveries/schema";
import { testMail } from "@/lib/notifications/deliveries/test-mail";

export const POST = defineRoute({
  summary: "Send a sample mail to oneself",
  description: "One attempt; how it went stands in the delivery.",
  permission: "platform:admin",
  body: testMailInput,
  output: openedDelivery,
  status: 202,
  headers: ({ deliveryId }) => ({ Location: `/api/v1/admin/notification-deliveries/${deliveryId}` }),
  useCase: (ctx, { body }) => testMail(ctx, body),
});
