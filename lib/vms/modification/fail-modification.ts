import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import type { Tx } from "@/lib/core/transaction";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { finishOperation } from "../finish-operation";
import { findModifiedVm } from "./find-modified-vm";

/** A step: the change failed for good; the machine is what it was, and says why. */
export async function failModification(
  tx: Tx,
  lease: Lease,
  { code, params }: { code: ErrorCode; params: Record<string, unknown> },
): Promise<void> {
  const words = typeof params["message"] === "string" ? params["message"] : JSON.stringify(params);
  const message = `${code}: ${words}`.slice(0, 2_000);
  const order = await tx.vmModification.findUnique({
    where: { eventId: lease.eventId },
    select: { vmId: true },
  });
  const vm = order === null ? null : await findModifiedVm(tx, order.vmId);
  if (vm === null) {
    await closeEvent(tx, lease.eventId, "fail", message);
    return;
  }
  await tx.vm.updateMany({
    where: { id: vm.id, activeEventId: lease.eventId },
    data: { activeEventId: null },
  });
  const event = { id: lease.eventId, type: lease.eventType, requestId: lease.requestId };
  await finishOperation(tx, event, vm, { ending: "fail", steps: [], message });
}
