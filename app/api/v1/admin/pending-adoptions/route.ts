import { defineRoute } from "@/app/_http/define-route";
import { listAdoptions } from "@/lib/vms/adoption/queries";
import { adoptionFilter, adoptionPage } from "@/lib/vms/adoption/schema";

export const GET = defineRoute({
  summary: "List machines found in clusters that the portal has no row for",
  permission: "platform:admin",
  query: adoptionFilter,
  output: adoptionPage,
  useCase: (ctx, { query }) => listAdoptions(ctx, query),
});
