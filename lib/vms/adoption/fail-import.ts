import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import type { Tx } from "@/lib/core/transaction";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { announceImport } from "./record-import";
import { importPayload } from "./schema";

const messageLengthMax = 2_000;

/** A step: the machine stays as it is in the cluster, and the list of imports says why it is not here. */
export async function failImport(
  tx: Tx,
  lease: Lease,
  { code, params }: { code: ErrorCode; params: Record<string, unknown> },
): Promise<void> {
  const { clusterId, namespace, name, uid } = importPayload.parse(lease.payload);
  const words = typeof params["message"] === "string" ? params["message"] : JSON.stringify(params);
  const message = `${code}: ${words}`.slice(0, messageLengthMax);
  if (!(await closeEvent(tx, lease.eventId, "fail", message))) return;
  await recordAudit(tx, platformContext("worker", lease.requestId), {
    action: "vm.import",
    outcome: "failure",
    resource: { type: "machine", id: uid, name },
    parent: { type: "cluster", id: clusterId },
    details: { namespace, message },
  });
  await announceImport(tx, lease.eventId);
}
