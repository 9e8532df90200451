import type { Answer, Call } from "../call";
import { ok } from "../call";
import type { Cluster } from "../cluster";
import { phaseOf } from "../controllers/machine-facts";
import { Failure } from "../failures";
import type { JsonObject } from "../json";
import { instanceKind } from "../kinds";
import { timestamp } from "../clock";
import type { KubeObject } from "../objects";
import { asMeasured } from "./measured-machines";
import { measure } from "./measures";

export const metricsGroup = "metrics.k8s.io";

/** The namespace whose pods are asked for; undefined for any other path. */
export function namespaceOfPodMetrics(path: string): string | undefined {
  return /^\/apis\/metrics\.k8s\.io\/v1beta1\/namespaces\/([a-z0-9-]+)\/pods$/.exec(path)?.[1];
}

/** What metrics-server tells of the launcher pods: the present alone. */
export function answerPodMetrics(cluster: Cluster, call: Call, namespace: string): Answer {
  // Without metrics-server the API server knows no such group, and says so without a Status.
  if (!cluster.guestWords.hasMetricsApi)
    throw new Failure({ code: 404, message: "404 page not found", plainText: true });
  const selector = new Map(
    (call.query.get("labelSelector") ?? "").split(",").map((part) => part.split("=") as [string, string]),
  );
  const pods = cluster.store
    .list(instanceKind, namespace)
    .filter((instance) => phaseOf(instance) === "Running" && isSelected(instance, selector));
  return ok({
    kind: "PodMetricsList",
    apiVersion: "metrics.k8s.io/v1beta1",
    metadata: {},
    items: pods.map(podMetrics),
  });
}

function isSelected({ metadata }: KubeObject, selector: Map<string, string>): boolean {
  const labels = labelsOf(metadata);
  return [...selector].every(([name, value]) => name === "" || labels[name] === value);
}

function labelsOf({ uid, name }: KubeObject["metadata"]): Record<string, string> {
  return { "kubevirt.io": "virt-launcher", "kubevirt.io/created-by": uid, "vm.kubevirt.io/name": name };
}

const windowMs = 20_000;

function podMetrics(instance: KubeObject): JsonObject {
  const machine = asMeasured(instance);
  const now = new Date();
  const before = new Date(Math.max(now.getTime() - windowMs, machine.startedAt.getTime()));
  const cpu = "kubevirt_vmi_cpu_usage_seconds_total";
  const grown = (measure(cpu, machine, now) ?? 0) - (measure(cpu, machine, before) ?? 0);
  const seconds = Math.max(1, (now.getTime() - before.getTime()) / 1000);
  const memory = measure("kubevirt_vmi_memory_resident_bytes", machine, now) ?? 0;
  return {
    metadata: {
      name: `virt-launcher-${machine.name}-x7k2p`,
      namespace: machine.namespace,
      labels: labelsOf(instance.metadata),
    },
    timestamp: timestamp(now),
    window: "20s",
    containers: [
      {
        name: "compute",
        usage: { cpu: `${Math.round((grown / seconds) * 1e9)}n`, memory: `${Math.round(memory / 1024)}Ki` },
      },
      { name: "guest-console-log", usage: { cpu: "120417n", memory: "2048Ki" } },
    ],
  };
}
