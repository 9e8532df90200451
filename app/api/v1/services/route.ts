import { defineRoute } from "@/app/_http/define-route";
import { listServices } from "@/lib/systems/queries";
import { serviceFilter, servicePage } from "@/lib/systems/schema";

export const GET = defineRoute({
  summary: "List the services you can see",
  permission: "service:read",
  query: serviceFilter,
  output: servicePage,
  useCase: (ctx, { query }) => listServices(ctx, query),
});
