import { defineRoute } from "@/app/_http/define-route";
import { searchValueQuery, searchValues } from "@/lib/vms/list/schema";
import { listSearchValues } from "@/lib/vms/list/values/queries";

export const GET = defineRoute({
  summary: "Complete a value of the search for virtual machines",
  permission: "vm:read",
  query: searchValueQuery,
  output: searchValues,
  useCase: async (ctx, { query }) => ({ items: await listSearchValues(ctx, query) }),
});
