import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readClusterHealth } from "@/lib/clusters/health/queries";
import { clusterHealth } from "@/lib/clusters/health/schema";

export const GET = defineRoute({
  summary: "Read a cluster's last day: states, answer times, breaker",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  output: clusterHealth,
  useCase: (ctx, { params }) => readClusterHealth(ctx, params.id),
});
