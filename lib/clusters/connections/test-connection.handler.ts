import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { describeConnection, type ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { db } from "@/lib/core/db";
import { answerQuestion } from "@/lib/core/worker-questions";
import { findingsOf, type Findings } from "@/lib/clusters/look-at-cluster";
import { pickDefaultClass } from "@/lib/clusters/rules";
import { connectionPreview, storedCapabilities } from "@/lib/clusters/schema";
import { compareClusters } from "./rules";
import type { ConnectionTest } from "./schema";
import { takeConnection } from "./store";

/** Whoever asks gives up after ten seconds; the answer must be there before. */
const callTimeoutMs = 4_000;
const wholeMs = 8_500;

/** Looks once where the connection leads, reads alone, and keeps nothing. */
export async function testConnection({ questionId }: { questionId: string }): Promise<void> {
  const taken = await takeConnection(questionId);
  if (taken === null) return;
  const findings = await lookOnce(taken.connection);
  const sameCluster = taken.clusterId && (await isSameCluster(taken.clusterId, taken.connection, findings));
  await answerQuestion(questionId, { answer: { ...describeFindings(findings), sameCluster } });
}

async function lookOnce(connection: ClusterConnection): Promise<Findings> {
  const client = connectToCluster(connection, { timeoutMs: callTimeoutMs });
  const late = new ClusterFailure("unavailable", "the cluster answers too slowly", { reason: "Timeout" });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late), wholeMs);
  });
  try {
    return await findingsOf(client, tooLate);
  } finally {
    clearTimeout(timer);
    client.close();
  }
}

function describeFindings({
  capabilities,
  missing,
  reason,
  words,
}: Findings): Omit<ConnectionTest, "sameCluster"> {
  const nodes = capabilities?.nodes.filter((node) => node.ready && node.schedulable) ?? [];
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ...{ reachable: capabilities !== null, reason, words, missing },
    latencyMs: capabilities?.latencyMs ?? null,
    kubernetesVersion: capabilities?.kubernetesVersion ?? null,
    kubevirtVersion: capabilities?.kubevirt?.version ?? null,
    kubevirtPhase: capabilities?.kubevirt?.phase ?? null,
    cdiVersion: capabilities?.cdiVersion ?? null,
    nodes: {
      ready: nodes.length,
      total: capabilities?.nodes.length ?? 0,
      cpuCores: sum(nodes.map(({ cpuCores }) => cpuCores)),
      memoryBytes: sum(nodes.map(({ memoryBytes }) => memoryBytes)),
    },
    gpuDevices: (capabilities?.gpuDevices ?? []).map(({ resource, allocatable, permitted }) => ({
      ...{ resource, allocatable, permitted },
    })),
    sriovNetworks: (capabilities?.sriovNetworks ?? []).map(({ namespace, name }) => `${namespace}/${name}`),
    hugepages: (capabilities?.hugepages ?? []).map(({ size }) => size),
    storageClasses: capabilities?.storageClasses ?? [],
    defaultStorageClass: pickDefaultClass(null, capabilities?.storageClasses ?? []),
  };
}

async function isSameCluster(clusterId: string, connection: ClusterConnection, findings: Findings) {
  const saved = await db().cluster.findUnique({
    where: { id: clusterId },
    select: { apiServerUrl: true, detectedCapabilities: true, credential: { select: { summary: true } } },
  });
  if (saved === null) return "unknown";
  const known = storedCapabilities.nullable().catch(null).parse(saved.detectedCapabilities);
  const summary = connectionPreview
    .nullable()
    .catch(null)
    .parse(saved.credential?.summary ?? null);
  return compareClusters(
    { uid: known?.clusterUid ?? null, authority: summary?.caFingerprint ?? null },
    {
      uid: findings.capabilities?.clusterUid ?? null,
      authority: describeConnection(connection).caFingerprint,
    },
  );
}
