import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listDeliveries } from "@/lib/requests/desks/queries";
import { deliveryFilter, deliveryPage } from "@/lib/requests/desks/deliveries/schema";

export const GET = defineRoute({
  summary: "List the calls to and from an external approval system",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  query: deliveryFilter,
  output: deliveryPage,
  useCase: (ctx, { params: { id }, query }) => listDeliveries(ctx, { ...query, deskId: id }),
});
