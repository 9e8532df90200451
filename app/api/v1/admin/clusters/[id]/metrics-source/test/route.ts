import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { metricsSourceTest } from "@/lib/clusters/metrics-source/schema";
import { testMetricsSource } from "@/lib/clusters/metrics-source/test-metrics-source";

export const POST = defineRoute({
  summary: "Try the Prometheus that measures a cluster's machines",
  permission: "cluster:write",
  params: z.strictObject({ id: z.string() }),
  output: metricsSourceTest,
  useCase: (ctx, { params }) => testMetricsSource(ctx, { clusterId: params.id }),
});
