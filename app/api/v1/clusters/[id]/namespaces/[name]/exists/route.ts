import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { locateNamespace } from "@/lib/clusters/locate-namespace";
import { locateNamespaceInput, locatedNamespace } from "@/lib/clusters/namespaces/schema";

export const GET = defineRoute({
  summary: "Ask a cluster whether it has a namespace",
  description: "A worker asks the cluster; the answer is awaited for ten seconds at most.",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string(), name: locateNamespaceInput.shape.name }),
  output: locatedNamespace,
  useCase: (ctx, { params: { id, name } }) => locateNamespace(ctx, { clusterId: id, name }),
});
