import { defineRoute } from "@/app/_http/define-route";
import { createNamespace } from "@/lib/clusters/create-namespace";
import { listNamespaces, readNamespace } from "@/lib/clusters/queries";
import { createNamespaceInput, namespaceFilter, namespacePage, namespaceRow } from "@/lib/clusters/schema";

export const GET = defineRoute({
  summary: "List namespaces",
  permission: "namespace:read",
  query: namespaceFilter,
  output: namespacePage,
  useCase: (ctx, { query }) => listNamespaces(ctx, query),
});

export const POST = defineRoute({
  summary: "Create a namespace in an environment",
  description: "Name and environment are for good. Clusters get it when the first machine needs it.",
  permission: "namespace:write",
  body: createNamespaceInput,
  output: namespaceRow,
  status: 201,
  useCase: async (ctx, { body }) => readNamespace(ctx, (await createNamespace(ctx, body)).id),
  headers: (namespace) => ({ Location: `/api/v1/admin/namespaces/${namespace.id}` }),
});
