import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import type { Tx } from "@/lib/core/transaction";
import type { MachineFacts } from "./project-machine";
import { recordMachine } from "./record-machine";
import type { ImportPayload } from "./schema";
import { lockService, requireNoObstacle } from "./store";

/** A step: the labelled machine gets its row and its event ends, once; the caller holds the lease. */
export async function recordImport(
  tx: Tx,
  lease: Lease,
  { order, facts, changed }: { order: ImportPayload; facts: MachineFacts; changed: string[] },
): Promise<void> {
  const { clusterId, namespace, name, uid, instance, importedBy } = order;
  await requireNoObstacle(tx, clusterId, { namespace, name });
  const service = await lockService(tx, order.serviceId);
  const vm = await recordMachine(tx, service, {
    ...{ origin: "imported", clusterId, namespace, name, uid, instance, facts },
    createdBy: importedBy,
  });
  // The watch may have seen the labels before this row was there.
  await tx.pendingAdoption.updateMany({
    where: { clusterId, k8sUid: uid },
    data: { status: "ADOPTED", vmId: vm.id, decidedBy: importedBy, decidedAt: new Date() },
  });
  await closeEvent(tx, lease.eventId, "complete", changed.join(", ") || undefined);
  await recordAudit(tx, platformContext("worker", lease.requestId), {
    action: "vm.import",
    resource: { type: "vm", id: vm.id, name },
    parent: { type: "service", id: service.id },
    details: { importedBy, clusterId, namespace, uid, labels: order.labels, changed },
  });
  await announceImport(tx, lease.eventId);
}

/** Pages that show imports read again; an event's end is no row that they watch. */
export async function announceImport(tx: Tx, eventId: string): Promise<void> {
  await tx.$executeRaw`SELECT announce('adoption', ${eventId}, NULL, NULL)`;
}
