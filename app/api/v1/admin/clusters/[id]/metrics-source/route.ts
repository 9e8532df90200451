import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readMetricsSource } from "@/lib/clusters/metrics-source/queries";
import { removeMetricsSource } from "@/lib/clusters/metrics-source/remove-metrics-source";
import { metricsSource, setMetricsSourceInput } from "@/lib/clusters/metrics-source/schema";
import { setMetricsSource } from "@/lib/clusters/metrics-source/set-metrics-source";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read where a cluster's machines are measured",
  permission: "cluster:read",
  params,
  output: z.object({ source: metricsSource.nullable() }),
  useCase: async (ctx, { params: { id } }) => ({ source: await readMetricsSource(ctx, id) }),
});

export const PUT = defineRoute({
  summary: "Name the Prometheus that measures a cluster's machines",
  description: "A token that is absent stays, unless the address leads to another server.",
  permission: "cluster:write",
  params,
  body: setMetricsSourceInput.omit({ clusterId: true }),
  useCase: (ctx, { params: { id }, body }) => setMetricsSource(ctx, { ...body, clusterId: id }),
});

export const DELETE = defineRoute({
  summary: "Forget the Prometheus that measures a cluster's machines",
  permission: "cluster:write",
  params,
  useCase: (ctx, { params: { id } }) => removeMetricsSource(ctx, { clusterId: id }),
});
