import type { Prisma } from "@/prisma/generated/client";
import { describeConnection, type ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { sealFor } from "@/lib/core/keyring";
import type { Envelope } from "@/lib/core/secrets";

/** Bound to the cluster's id, so that an envelope moved to another row does not open. */
export function credentialBinding(clusterId: string): string {
  return `cluster:${clusterId}`;
}

/** The connection sealed for worker and console, and what of it may be shown. */
export async function sealConnection(
  clusterId: string,
  connection: ClusterConnection,
): Promise<{ envelope: Envelope; summary: Prisma.InputJsonObject }> {
  const envelope = await sealFor("cluster", JSON.stringify(connection), credentialBinding(clusterId));
  const { caExpiresAt, expiresAt, ...shown } = describeConnection(connection);
  const summary = {
    ...shown,
    caExpiresAt: caExpiresAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
  return { envelope, summary };
}
