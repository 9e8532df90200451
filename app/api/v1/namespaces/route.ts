import { defineRoute } from "@/app/_http/define-route";
import { listNamespaces } from "@/lib/clusters/queries";
import { namespaceFilter, namespacePage } from "@/lib/clusters/schema";

export const GET = defineRoute({
  summary: "List the namespaces of the environments you may use",
  permission: "vm:read",
  query: namespaceFilter,
  output: namespacePage,
  useCase: (ctx, { query }) => listNamespaces(ctx, query),
});
