import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readCluster } from "@/lib/clusters/queries";
import { clusterDetail } from "@/lib/clusters/schema";

export const GET = defineRoute({
  summary: "List the storage classes a cluster was found to have",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  output: clusterDetail.pick({
    storageClasses: true,
    defaultStorageClass: true,
    storageClassesUpdatedAt: true,
  }),
  useCase: (ctx, { params }) => readCluster(ctx, params.id),
});
