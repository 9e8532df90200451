import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readCluster } from "@/lib/clusters/queries";
import { clusterPolicy } from "@/lib/clusters/schema";
import { setClusterPolicy } from "@/lib/clusters/set-cluster-policy";

const params = z.strictObject({ id: z.string() });
const output = z.object({ policy: clusterPolicy.nullable() });

export const GET = defineRoute({
  summary: "Read what may be placed on a cluster",
  permission: "cluster:read",
  params,
  output,
  useCase: (ctx, { params: { id } }) => readCluster(ctx, id),
});

export const PUT = defineRoute({
  summary: "Say what may be placed on a cluster",
  permission: "cluster:write",
  params,
  body: clusterPolicy,
  output,
  useCase: async (ctx, { params: { id }, body }) => {
    await setClusterPolicy(ctx, { ...body, clusterId: id });
    return readCluster(ctx, id);
  },
});
