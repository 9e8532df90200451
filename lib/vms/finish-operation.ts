import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { closeEvent, recordStep } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import type { AuditAction } from "@/lib/vocabulary/audit-actions";
import type { EventType, OperationStep } from "@/lib/vocabulary/event-types";
import { keepClusterEventsJob } from "./explanation/jobs";

interface OperatedVm {
  id: string;
  name: string;
  environment: string;
}

const auditActionOf: Partial<Record<EventType, AuditAction>> = {
  VM_CREATION_REQUESTED: "vm.create",
  VM_START_REQUESTED: "vm.start",
  VM_STOP_REQUESTED: "vm.stop",
  VM_RESTART_REQUESTED: "vm.restart",
  VM_FORCE_STOP_REQUESTED: "vm.force_stop",
  VM_PAUSE_REQUESTED: "vm.pause",
  VM_RESUME_REQUESTED: "vm.resume",
  VM_SOFT_REBOOT_REQUESTED: "vm.soft_reboot",
  VM_RESET_REQUESTED: "vm.reset",
  VM_DELETION_REQUESTED: "vm.delete_executed",
  VM_MODIFICATION_REQUESTED: "vm.modify",
  VM_CLONE_REQUESTED: "vm.clone",
};

/** A step: the operation has ended in the cluster; its event closes and its record is written, once. */
export async function finishOperation(
  tx: Tx,
  event: { id: string; type: EventType; requestId: string },
  vm: OperatedVm,
  end: { ending: "complete" | "fail"; steps: OperationStep[]; message?: string },
): Promise<void> {
  for (const step of end.steps) await recordStep(tx, event.id, step);
  const closed = await closeEvent(tx, event.id, end.ending, end.message);
  if (closed && end.ending === "fail") await enqueue(tx, keepClusterEventsJob, { eventId: event.id });
  const action = auditActionOf[event.type];
  if (!closed || action === undefined) return;
  await recordAudit(tx, platformContext("worker", event.requestId), {
    action,
    outcome: end.ending === "complete" ? "success" : "failure",
    resource: { type: "vm", id: vm.id, name: vm.name },
    environment: vm.environment,
    details: end.message === undefined ? {} : { message: end.message },
  });
}
