import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

interface SnapshotFacts {
  vmId: string;
  clusterId: string;
  namespace: string;
  label: string;
}

/** What a cluster has saved of a machine, ready to go back to. */
export async function aSnapshot({
  vmId,
  clusterId,
  namespace,
  label,
}: SnapshotFacts): Promise<{ id: string }> {
  const id = newId();
  return db().vmSnapshot.create({
    data: {
      ...{ id, vmId, clusterId, namespace, label, vmName: label, name: `saved-${id.slice(-12)}` },
      ...{ status: "READY", readyAt: new Date(), k8sUid: newId(), sizeGb: 20, indications: ["Online"] },
      ...{ ticketId: newId(), eventId: newId(), createdBy: "test", createdByName: "Test" },
    },
    select: { id: true },
  });
}
