import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readDelivery } from "@/lib/notifications/deliveries/queries";
import { deliveryRow } from "@/lib/notifications/deliveries/schema";

export const GET = defineRoute({
  summary: "Read how one message went",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  output: deliveryRow,
  useCase: (ctx, { params: { id } }) => readDelivery(ctx, id),
});
