import { startEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { createVmJob } from "./jobs";
import { lockVm } from "./lock-vm";
import { moveVm } from "./store";

/** A step: a creation that failed goes on with the machine's own row, name and ticket. */
export async function retryCreation(tx: Tx, order: { vmId: string; eventId: string }): Promise<void> {
  const vm = await lockVm(tx, order.vmId);
  await moveVm(tx, vm, "retry", { activeEventId: order.eventId });
  await startEvent(tx, order.eventId, vm.clusterId);
  await enqueue(tx, createVmJob, { eventId: order.eventId });
}
