import type { ConnectionTest } from "./schema";

export interface ClusterIdentity {
  /** Of the namespace kube-system, which outlives every address and certificate. */
  uid: string | null;
  /** The fingerprint of the server's certificate authority. */
  authority: string | null;
}

/** The uid decides where both are known; an authority that is the same hints at the same cluster, another one proves nothing. */
export function compareClusters(
  saved: ClusterIdentity,
  found: ClusterIdentity,
): NonNullable<ConnectionTest["sameCluster"]> {
  if (saved.uid !== null && found.uid !== null) return saved.uid === found.uid ? "same" : "other";
  return saved.authority !== null && saved.authority === found.authority ? "same" : "unknown";
}
