import { listGenerations, type MachineGeneration } from "@/lib/adapters/kubevirt/list-generations";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { logger } from "@/lib/core/logger";
import { inTransaction } from "@/lib/core/transaction";
import { labelPrefix, managedBy } from "../render-vm";
import { recordFirstRevision } from "./record-first-revision";
import { readMachine } from "./read-machine";
import { ownFactsOf, recordLive } from "./record-live";
import { findModifiedVm } from "./find-modified-vm";

/** One run reads so many machines; those that are left are the next run's. */
const readsMax = 500;
/** A machine that is in motion is not read at every turn. */
const restSeconds = 60;

/** Finds the machines that have changed since they were last read, and reads those alone. */
export async function compareSpecs({ clusterId }: { clusterId: string }): Promise<void> {
  const client = await connectCluster(clusterId);
  let left = readsMax;
  try {
    for await (const page of listGenerations(client, `${labelPrefix}/managed-by=${managedBy}`)) {
      for (const vmId of await listChanged(clusterId, page)) {
        if (left === 0) return;
        left -= 1;
        await compareSpec(client, vmId).catch((error: unknown) => passOver(vmId, error));
      }
    }
  } catch (error) {
    // The clock asks again; a cluster that does not answer is told of elsewhere.
    if (!(error instanceof ClusterFailure)) throw error;
  }
}

/** Of the machines of one page, those of ours that have another generation, or have moved, since they were read. */
async function listChanged(clusterId: string, page: MachineGeneration[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT v.id FROM jsonb_to_recordset(${JSON.stringify(page)}::jsonb)
      AS seen(namespace text, name text, uid text, generation bigint)
    JOIN vms v ON v.cluster_id = ${clusterId} AND v.namespace = seen.namespace AND v.name = seen.name
      AND v.k8s_uid = seen.uid
    LEFT JOIN vm_live_specs l ON l.vm_id = v.id
    WHERE v.status NOT IN ('CREATING', 'DELETING')
      AND (l.generation IS DISTINCT FROM seen.generation OR l.hardware IS NULL
        OR (greatest(v.observed_at, v.status_since) > l.read_at
          AND l.read_at < now() - ${restSeconds}::int * interval '1 second'))
      AND NOT EXISTS (SELECT 1 FROM domain_events e
        WHERE e.id = v.active_event_id AND e.event_type = 'VM_MODIFICATION_REQUESTED')
    ORDER BY l.read_at NULLS FIRST, v.id`;
  return rows.map(({ id }) => id);
}

/** One machine that cannot be kept stops none of the others; a cluster that fails ends the run. */
function passOver(vmId: string, error: unknown): void {
  if (error instanceof ClusterFailure) throw error;
  logger("vms").error({ vmId, err: error }, "a machine was not compared");
}

async function compareSpec(client: ClusterClient, vmId: string): Promise<void> {
  const vm = await findModifiedVm(db(), vmId);
  const live = vm === null ? null : await readMachine(client, vm);
  if (vm === null || live === null) return;
  await inTransaction(async (tx) => {
    // A machine that was found rather than made is known from here on.
    await recordFirstRevision(tx, vm.id);
    await recordLive(tx, vm, { ...live, facts: ownFactsOf(vm, live) });
  });
}
