import type { PrometheusSource } from "@/lib/adapters/prometheus/query-range";
import { db } from "@/lib/core/db";
import { openFor, sealFor } from "@/lib/core/keyring";
import { envelope, type Envelope } from "@/lib/core/secrets";

/** Bound to the cluster and to the server it was given for, so that an envelope beside another address does not open. */
function tokenBinding(clusterId: string, address: string): string {
  return `metrics-source:${clusterId}:${new URL(address).origin}`;
}

export function sealMetricsToken(clusterId: string, address: string, token: string): Promise<Envelope> {
  return sealFor("cluster", token, tokenBinding(clusterId, address));
}

/** Where a cluster's measurements are asked for, with its token: worker only. Null where none is named. */
export async function openMetricsSource(clusterId: string): Promise<PrometheusSource | null> {
  const row = await db().clusterMetricsSource.findUnique({
    where: { clusterId },
    select: { address: true, caCertificate: true, tokenEnvelope: true },
  });
  if (row === null) return null;
  const { address, caCertificate, tokenEnvelope } = row;
  const token =
    tokenEnvelope === null
      ? null
      : await openFor("cluster", envelope.parse(tokenEnvelope), tokenBinding(clusterId, address));
  return { address, caCertificate, token };
}
