import { defineRoute } from "@/app/_http/define-route";
import { listDeliveries } from "@/lib/notifications/deliveries/queries";
import { deliveryFilter, deliveryPage } from "@/lib/notifications/deliveries/schema";

export const GET = defineRoute({
  summary: "List what was sent by mail and to channels",
  permission: "platform:admin",
  query: deliveryFilter,
  output: deliveryPage,
  useCase: (ctx, { query }) => listDeliveries(ctx, query),
});
