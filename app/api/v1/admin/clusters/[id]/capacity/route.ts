import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readClusterCapacity } from "@/lib/clusters/capacity/queries";
import { capacityFilter, clusterCapacity } from "@/lib/clusters/capacity/schema";

export const GET = defineRoute({
  summary: "Read a cluster's room, by node and in total",
  description: "The fullest nodes first; `q` searches their names.",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  query: capacityFilter,
  output: clusterCapacity,
  useCase: (ctx, { params, query }) => readClusterCapacity(ctx, { ...query, clusterId: params.id }),
});
