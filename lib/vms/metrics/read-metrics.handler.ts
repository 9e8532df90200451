import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { isNotServed, readPodUsage } from "@/lib/adapters/kubevirt/pod-metrics";
import { joinExpressions, machineExpressions } from "@/lib/adapters/prometheus/promql";
import { queryRange, type PrometheusSource } from "@/lib/adapters/prometheus/query-range";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { openMetricsSource } from "@/lib/clusters/metrics-source/open-metrics-source";
import { db } from "@/lib/core/db";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import { readQuestion } from "@/lib/core/worker-questions";
import { lookQuestion } from "@/lib/vms/looks/schema";
import { findAskedVm, finishLook, runsNow, type SeenVm } from "@/lib/vms/looks/store";
import { planRange } from "./rules";
import { metricNames, metricsFilter, type MetricRange, type MetricSeries, type MetricsView } from "./schema";

interface Found {
  state: NonNullable<MetricsView["state"]>;
  source: MetricsView["source"];
  message: string | null;
  series: MetricSeries[];
}

/** Asks whoever measures the machine: the cluster's Prometheus where one is named, else its metrics API. */
export async function readMetrics({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { vmId, range: text } = lookQuestion.parse(asked);
  const { range } = metricsFilter.parse({ range: text });
  const vm = await findAskedVm(db(), vmId);
  if (vm !== null) await keep(vmId, range, await measure(vm, range));
  await finishLook(questionId, { vmId, kind: `metrics_${range}` });
}

async function measure(vm: SeenVm, range: MetricRange): Promise<Found> {
  const source = await openMetricsSource(vm.clusterId);
  if (source !== null) return askPrometheus(vm, range, source);
  return runsNow(vm) ? askMetricsApi(vm) : nothing("stopped", "metrics_api");
}

async function askPrometheus(vm: SeenVm, range: MetricRange, source: PrometheusSource): Promise<Found> {
  const { start, end, stepSeconds, windowSeconds } = planRange(range, new Date());
  const query = joinExpressions(machineExpressions(vm, windowSeconds));
  try {
    const answer = await queryRange(source, { query, start, end, stepSeconds });
    const series = metricNames.map((name) => ({
      name,
      points: answer.find(({ labels }) => labels["series"] === name)?.points ?? [],
    }));
    const isMeasured = series.some(({ points }) => points.length > 0);
    return { state: isMeasured ? "measured" : "empty", source: "prometheus", message: null, series };
  } catch (error) {
    if (!(error instanceof OutsideFetchFailure)) throw error;
    const isDenied = error.reason === "answer" && /: 40[13] /.test(error.message);
    return nothing(isDenied ? "denied" : "unreachable", "prometheus", error.message);
  }
}

async function askMetricsApi(vm: SeenVm): Promise<Found> {
  try {
    const client = await connectCluster(vm.clusterId);
    const usage = await readPodUsage(client, vm.namespace, { name: vm.name, uid: vm.vmiUid });
    if (usage === null) return nothing("empty", "metrics_api");
    const at = usage.at.getTime() / 1000;
    const series: MetricSeries[] = [
      { name: "cpu", points: [[at, usage.cpuCores]] },
      { name: "memory", points: [[at, usage.memoryBytes]] },
    ];
    return { state: "measured", source: "metrics_api", message: null, series };
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    if (isNotServed(error)) return nothing("none", null);
    const isDenied = error.status === 401 || error.status === 403;
    return nothing(isDenied ? "denied" : "unreachable", "metrics_api", error.message);
  }
}

function nothing(state: Found["state"], source: Found["source"], message: string | null = null): Found {
  return { state, source, message, series: [] };
}

async function keep(vmId: string, range: MetricRange, found: Found): Promise<void> {
  const { state, source, message } = found;
  const series = JSON.stringify(found.series);
  await db().$executeRaw`
    INSERT INTO vm_metrics (vm_id, range, state, source, message, series, observed_at)
    VALUES (${vmId}, ${range}, ${state}, ${source}, ${message}, ${series}::jsonb, clock_timestamp())
    ON CONFLICT (vm_id, range) DO UPDATE SET state = excluded.state, source = excluded.source,
      message = excluded.message, series = excluded.series, observed_at = excluded.observed_at`;
}
