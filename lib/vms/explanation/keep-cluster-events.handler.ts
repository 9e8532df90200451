import { readClusterEvents } from "@/lib/adapters/kubevirt/cluster-events";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { logger } from "@/lib/core/logger";
import { keepEvents } from "./store";

const answerWithinMs = 8_000;

/** After an operation that failed: the reason survives what the cluster forgets. */
export async function keepClusterEvents({ eventId }: { eventId: string }): Promise<void> {
  const vm = await findFailed(eventId);
  if (vm === null) return;
  const { id, clusterId, namespace, name } = vm;
  try {
    const client = await connectCluster(clusterId);
    const events = await readClusterEvents(client, {
      ...{ namespace, name },
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await keepEvents(db(), { vmId: id, operationId: eventId, events });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    // A cluster that is away is asked again by the queue; one that refuses is not.
    if (error.kind === "unavailable") throw error;
    logger("vms").info(
      { eventId, reason: error.reason, status: error.status },
      "cluster events were not kept",
    );
  }
}

interface FailedVm {
  id: string;
  clusterId: string;
  namespace: string;
  name: string;
}

async function findFailed(eventId: string): Promise<FailedVm | null> {
  const rows = await db().$queryRaw<FailedVm[]>`
    SELECT v.id, v.cluster_id AS "clusterId", v.namespace, v.name
    FROM domain_events e JOIN approval_tickets k ON k.event_id = e.id AND k.resource_type = 'vm'
    JOIN vms v ON v.id = k.resource_id
    WHERE e.id = ${eventId} AND e.status = 'FAILED'`;
  return rows[0] ?? null;
}
