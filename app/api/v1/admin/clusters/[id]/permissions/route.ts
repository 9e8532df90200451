import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { explainPermissions } from "@/lib/clusters/permissions/explain-permissions";
import { permissionReport } from "@/lib/clusters/permissions/schema";
import { readCluster } from "@/lib/clusters/queries";

export const GET = defineRoute({
  summary: "Read what a cluster's account may not do, and the manifest that adds it",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  output: permissionReport,
  useCase: async (ctx, { params }) =>
    explainPermissions((await readCluster(ctx, params.id)).missingPermissions),
});
