import { defineRoute } from "@/app/_http/define-route";
import { findOwners } from "@/lib/clusters/namespaces/find-owners";
import { ownerFilter, ownerList } from "@/lib/clusters/namespaces/schema";

export const GET = defineRoute({
  summary: "Find people who could answer for a namespace",
  permission: "namespace:write",
  query: ownerFilter,
  output: ownerList,
  useCase: (ctx, { query }) => findOwners(ctx, query),
});
