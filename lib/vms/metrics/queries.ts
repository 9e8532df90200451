import { isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { askOnce } from "@/lib/vms/looks/ask-once";
import { readSeenVm, runsNow, type SeenVm } from "@/lib/vms/looks/store";
import { readMetricsJob } from "./jobs";
import { metricSeries, metricStates, type MetricRange, type MetricsView } from "./schema";

/** Within this time nobody measures again. */
const freshSeconds = 15;
const gibibyte = 1024 ** 3;

interface Wanted {
  vmId: string;
  range: MetricRange;
}

/** What was measured last, without asking anybody. */
export async function readMetrics(ctx: Context, { vmId, range }: Wanted): Promise<MetricsView> {
  return viewOf(ctx, await readSeenVm(ctx, vmId), range);
}

/** The same, measured anew where it is older than a quarter of a minute. */
export async function lookAtMetrics(ctx: Context, { vmId, range }: Wanted): Promise<MetricsView> {
  const vm = await readSeenVm(ctx, vmId);
  const kind = `metrics_${range}` as const;
  await askOnce(ctx, { vmId, kind, freshSeconds, job: readMetricsJob, question: { range } });
  return viewOf(ctx, vm, range);
}

async function viewOf(ctx: Context, vm: SeenVm, range: MetricRange): Promise<MetricsView> {
  const row = await db().vmMetrics.findUnique({ where: { vmId_range: { vmId: vm.id, range } } });
  const source = row?.source;
  const seesClusters = await isAuthorized(db(), ctx, "cluster:read");
  return {
    vmId: vm.id,
    range,
    state: metricStates.find((state) => state === row?.state) ?? null,
    source: source === "prometheus" || source === "metrics_api" ? source : null,
    // The words name addresses.
    message: seesClusters ? (row?.message ?? null) : null,
    series: metricSeries
      .array()
      .catch([])
      .parse(row?.series ?? []),
    observedAt: row?.observedAt ?? null,
    cpuCores: vm.cpuCores,
    memoryBytes: vm.memoryGi * gibibyte,
    isRunning: runsNow(vm),
    clusterId: seesClusters ? vm.clusterId : null,
  };
}
