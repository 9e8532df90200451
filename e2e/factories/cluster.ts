import type { Prisma } from "@/prisma/generated/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { sealConnection } from "@/lib/clusters/seal-connection";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

/** A cluster's row with an open policy; with a kubeconfig it can be connected to. */
export async function aCluster(
  over: Partial<Prisma.ClusterUncheckedCreateInput> & { kubeconfig?: string } = {},
): Promise<{ id: string; name: string }> {
  const { kubeconfig, ...columns } = over;
  const id = columns.id ?? newId();
  const name = columns.name ?? `cluster-${id.slice(-8)}`;
  await db().cluster.create({
    data: {
      displayName: name,
      apiServerUrl: "https://cluster.example:6443",
      environment: "test",
      createdBy: "test",
      ...columns,
      id,
      name,
    },
    select: { id: true },
  });
  await db().clusterPolicy.create({
    data: { clusterId: id, createdBy: "test", updatedBy: "test" },
    select: { clusterId: true },
  });
  if (kubeconfig !== undefined) await aCredential(id, kubeconfig);
  return { id, name };
}

async function aCredential(clusterId: string, kubeconfig: string): Promise<void> {
  const { envelope, summary } = await sealConnection(clusterId, parseKubeconfig(kubeconfig));
  await db().clusterCredential.create({
    data: { clusterId, envelope, keyVersion: envelope.key_version, summary },
    select: { clusterId: true },
  });
}
