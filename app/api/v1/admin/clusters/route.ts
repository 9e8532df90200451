import { defineRoute } from "@/app/_http/define-route";
import { listClusters, readCluster } from "@/lib/clusters/queries";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { clusterDetail, clusterFilter, clusterPage, registerClusterInput } from "@/lib/clusters/schema";

export const GET = defineRoute({
  summary: "List clusters",
  permission: "cluster:read",
  query: clusterFilter,
  output: clusterPage,
  useCase: (ctx, { query }) => listClusters(ctx, query),
});

export const POST = defineRoute({
  summary: "Register a cluster by its kubeconfig",
  description:
    "The kubeconfig must hold everything inline: an https server, its certificate authority, and a token or a client certificate. The cluster starts as UNKNOWN; a worker looks at it at once.",
  permission: "cluster:write",
  body: registerClusterInput,
  output: clusterDetail,
  status: 201,
  useCase: async (ctx, { body }) => readCluster(ctx, (await registerCluster(ctx, body)).id),
  headers: (cluster) => ({ Location: `/api/v1/admin/clusters/${cluster.id}` }),
});
