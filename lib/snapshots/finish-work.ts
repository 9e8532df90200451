import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import type { Tx } from "@/lib/core/transaction";
import type { AuditAction } from "@/lib/vocabulary/audit-actions";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import type { SnapshotOrder } from "./store";

const messageMax = 2_000;

interface Ending {
  action: AuditAction;
  /** Absent where it came to its wished end. */
  message?: string;
}

/** A step: the work has ended in the cluster; its event closes and its record is written, once. */
export async function finishWork(tx: Tx, lease: Lease, order: SnapshotOrder, end: Ending): Promise<void> {
  const { message } = end;
  if (!(await closeEvent(tx, lease.eventId, message === undefined ? "complete" : "fail", message))) return;
  await recordAudit(tx, platformContext("worker", lease.requestId), {
    action: end.action,
    outcome: message === undefined ? "success" : "failure",
    resource: { type: "snapshot", id: order.id, name: order.label },
    parent: { type: "vm", id: order.vmId },
    environment: order.environment,
    details: { vm: order.vmName, ...(message === undefined ? {} : { message }) },
  });
}

/** Code first, then the words of the cluster: the page translates the code and quotes the rest. */
export function describeFailure({
  code,
  params,
}: {
  code: ErrorCode;
  params: Record<string, unknown>;
}): string {
  const words = typeof params["message"] === "string" ? params["message"] : JSON.stringify(params);
  return `${code}: ${words}`.slice(0, messageMax);
}
