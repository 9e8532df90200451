import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listDeliveries } from "@/lib/notifications/deliveries/queries";
import { deliveryFilter, deliveryPage } from "@/lib/notifications/deliveries/schema";

export const GET = defineRoute({
  summary: "List what was sent to a notification channel",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  query: deliveryFilter.omit({ channelId: true, medium: true }),
  output: deliveryPage,
  useCase: (ctx, { params: { id }, query }) => listDeliveries(ctx, { ...query, channelId: id }),
});
