import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readCluster } from "@/lib/clusters/queries";
import { removeCluster } from "@/lib/clusters/remove-cluster";
import { clusterDetail, removeClusterInput, updateClusterInput } from "@/lib/clusters/schema";
import { updateCluster } from "@/lib/clusters/update-cluster";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a cluster",
  permission: "cluster:read",
  params,
  output: clusterDetail,
  useCase: (ctx, { params: { id } }) => readCluster(ctx, id),
});

export const PATCH = defineRoute({
  summary: "Change a cluster's name on screen, weight or flags",
  description: "`version` is the one that was read; maintenance takes platform:admin.",
  permission: "cluster:write",
  params,
  body: updateClusterInput.omit({ clusterId: true }),
  output: clusterDetail,
  useCase: async (ctx, { params: { id }, body }) => {
    await updateCluster(ctx, { ...body, clusterId: id });
    return readCluster(ctx, id);
  },
});

export const DELETE = defineRoute({
  summary: "Remove a cluster that holds no virtual machine",
  permission: "cluster:write",
  params,
  query: removeClusterInput.omit({ clusterId: true }),
  useCase: (ctx, { params: { id }, query }) => removeCluster(ctx, { ...query, clusterId: id }),
});
