import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { checkedName } from "./paths";
import { readQuantity } from "./quantities";
import { readAnswer, readJson } from "./types";

const callMs = 6_000;
const answerBytesMax = 512 * 1024;
const podsMax = 20;

interface PodUsage {
  at: Date;
  cpuCores: number;
  memoryBytes: number;
}

/**
 * What the machine's pods take just now, by the cluster's own metrics API; null where it measures none of them.
 * @throws ClusterFailure with reason NotServed where the cluster has no such API
 */
export async function readPodUsage(
  client: ClusterClient,
  namespace: string,
  instance: { name: string; uid: string | null },
): Promise<PodUsage | null> {
  const answer = await client.exchange({
    method: "GET",
    path: `/apis/metrics.k8s.io/v1beta1/namespaces/${checkedName(namespace)}/pods`,
    query: { labelSelector: selectorOf(instance), limit: podsMax },
    timeoutMs: callMs,
    bytesMax: answerBytesMax,
  });
  const { items } = readAnswer(podMetricsList, readJson(answer.body));
  const pods = items.slice(0, podsMax).flatMap((item) => {
    const parsed = podMetrics.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  // While a machine moves it has two pods; the newer measurement is where it runs.
  const [newest] = pods.sort((a, b) => b.timestamp.getTime() - a.timestamp.getTime());
  return newest === undefined ? null : sumContainers(newest);
}

const uid = /^[0-9a-z][0-9a-z-]{0,62}$/i;

// virt-launcher's pods name the instance that made them; the machine's name stands there too, cut to a label's length.
function selectorOf({ name, uid: instanceUid }: { name: string; uid: string | null }): string {
  if (instanceUid !== null && uid.test(instanceUid)) return `kubevirt.io/created-by=${instanceUid}`;
  return `vm.kubevirt.io/name=${checkedName(name).slice(0, 63)}`;
}

const podMetricsList = z.object({
  items: z
    .array(z.unknown())
    .nullish()
    .transform((list) => list ?? []),
});

const podMetrics = z.object({
  timestamp: z.coerce.date(),
  containers: z
    .array(
      z.object({ name: z.string().max(253), usage: z.object({ cpu: z.unknown(), memory: z.unknown() }) }),
    )
    .max(64),
});

function sumContainers({ timestamp, containers }: z.output<typeof podMetrics>): PodUsage | null {
  // The guest itself runs in this one; the others are the launcher's own.
  const guest = containers.filter(({ name }) => name === "compute");
  if (guest.length === 0) return null;
  const sum = (member: "cpu" | "memory") =>
    guest.reduce((total, { usage }) => total + readQuantity(usage[member]), 0);
  return { at: timestamp, cpuCores: sum("cpu"), memoryBytes: sum("memory") };
}

/** Whether a failure says that the cluster has no metrics API at all. */
export function isNotServed(error: unknown): boolean {
  return (
    error instanceof ClusterFailure &&
    (error.reason === "NotServed" || isMissingPath(error) || isGroupDown(error))
  );
}

function isMissingPath({ status, message }: ClusterFailure): boolean {
  return status === 404 && /could not find the requested resource/.test(message);
}

// The group is announced and nobody stands behind it.
function isGroupDown({ status, message }: ClusterFailure): boolean {
  return status === 503 && /service unavailable|error trying to reach service/.test(message);
}
