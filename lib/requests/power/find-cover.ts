import { findLiveGrant } from "@/lib/console/queries";
import type { Tx } from "@/lib/core/transaction";
import type { AnyOperation } from "@/lib/vocabulary/operations";
import type { PolicyDecision } from "../policies/rules";

/** What a grant for the console covers beside it, where that was asked for too. */
const coveredOperations: readonly AnyOperation[] = ["RESTART_VM", "SOFT_REBOOT_VM", "RESET_VM"];

const ruleName = "console-grant";

interface Asked {
  operation: AnyOperation;
  vmId?: string;
  /** What is to begin later begins when the grant may be over. */
  startAt?: string | undefined;
}

/** A step: the decision with which a running grant answers instead of asking; null where none covers it. */
export async function findCover(
  tx: Tx,
  userId: string,
  { operation, vmId, startAt }: Asked,
): Promise<PolicyDecision | null> {
  if (vmId === undefined || startAt !== undefined || !coveredOperations.includes(operation)) return null;
  const grant = await findLiveGrant(tx, { userId, vmId, covers: "restart" });
  if (grant === null) return null;
  return { effect: "run", policyId: null, policyName: `${ruleName}/${grant.ticketId}`, workflowId: null };
}

/** Whether a ticket runs because a grant covered it, and nobody was asked about it. */
export function isCovered(ticket: { policyId: string | null; policyName: string | null }): boolean {
  return ticket.policyId === null && ticket.policyName?.startsWith(`${ruleName}/`) === true;
}
