import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { detectCluster } from "@/lib/clusters/detect-cluster";

export const POST = defineRoute({
  summary: "Look at a cluster now",
  permission: "cluster:write",
  params: z.strictObject({ id: z.string() }),
  status: 202,
  useCase: (ctx, { params }) => detectCluster(ctx, { clusterId: params.id }),
});
