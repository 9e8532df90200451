import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { lookAtMetrics } from "@/lib/vms/metrics/queries";
import { metricsFilter, metricsView } from "@/lib/vms/metrics/schema";

export const GET = defineRoute({
  summary: "Read a VM's measured values",
  description:
    "CPU in cores, memory in bytes, disks and networks in bytes a second; points are seconds since 1970 and a value.",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  query: metricsFilter,
  output: metricsView,
  useCase: (ctx, { params, query }) => lookAtMetrics(ctx, { vmId: params.id, range: query.range }),
});
