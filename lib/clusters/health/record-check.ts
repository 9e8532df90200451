import type { Tx } from "@/lib/core/transaction";
import type { Findings } from "@/lib/clusters/look-at-cluster";

/** A step: one line of the cluster's health, with the status that the look led to. */
export async function recordCheck(tx: Tx, clusterId: string, findings: Findings): Promise<void> {
  const { capabilities, reason } = findings;
  const nodes = capabilities?.nodes ?? null;
  await tx.$executeRaw`
    INSERT INTO cluster_checks (cluster_id, checked_at, status, reason, latency_ms, nodes_ready, nodes_total)
    SELECT id, clock_timestamp(), status, ${reason}, ${capabilities?.latencyMs ?? null}::int,
      ${nodes?.filter(({ ready }) => ready).length ?? null}::int, ${nodes?.length ?? null}::int
    FROM clusters WHERE id = ${clusterId}
    ON CONFLICT DO NOTHING`;
}
