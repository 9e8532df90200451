import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readNamespace } from "@/lib/clusters/queries";
import { removeNamespace } from "@/lib/clusters/remove-namespace";
import { namespaceRow, removeNamespaceInput, updateNamespaceInput } from "@/lib/clusters/schema";
import { updateNamespace } from "@/lib/clusters/update-namespace";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a namespace",
  permission: "namespace:read",
  params,
  output: namespaceRow,
  useCase: (ctx, { params: { id } }) => readNamespace(ctx, id),
});

export const PATCH = defineRoute({
  summary: "Describe a namespace, or close it to new requests",
  permission: "namespace:write",
  params,
  body: updateNamespaceInput.omit({ namespaceId: true }),
  output: namespaceRow,
  useCase: async (ctx, { params: { id }, body }) => {
    await updateNamespace(ctx, { ...body, namespaceId: id });
    return readNamespace(ctx, id);
  },
});

export const DELETE = defineRoute({
  summary: "Remove a namespace that holds no virtual machine",
  permission: "namespace:write",
  params,
  query: removeNamespaceInput.omit({ namespaceId: true }),
  useCase: (ctx, { params: { id }, query }) => removeNamespace(ctx, { ...query, namespaceId: id }),
});
