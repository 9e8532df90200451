import { actorId, shownName, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { DryRunVerdict } from "@/lib/vms/schema";
import { checkAtCluster, completeApproval } from "./complete-approval";
import { readCreation } from "./place-creation";
import { requireApprover, unknownTicket } from "./require-decider";
import { requireReasonForChanges } from "./rules";
import type { ApproveRequest } from "./schema";
import { lockTicket, requireVersion } from "./store";
import { decideStep, mergeChoices, wouldBeLast, type StepWord } from "./workflows/decide-step";
import { endPause } from "./workflows/pause-steps";

const attemptsMax = 3;

/**
 * The order of spec §5.11: whose turn it is, what fits, the cluster's own dry run, then one transaction. The dry run comes
 * before the transaction because it waits for a cluster; all else is checked again inside. A word that is not the last is
 * kept with its step.
 * @throws SELF_APPROVAL_FORBIDDEN, MFA_REQUIRED for production, CONFLICT (seen version), INVALID_STATE, CLUSTER_NOT_PLACEABLE,
 *   and what the check at the cluster refuses
 */
export async function approveRequest(ctx: Context, input: ApproveRequest): Promise<void> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const check = await checkBefore(ctx, input);
    if (await sayYes(ctx, input, check)) return;
  }
  throw new AppError("CONFLICT", { object: "request" });
}

interface Check {
  /** The version whose spec was asked of the cluster. */
  version: number;
  /** False where others had yet to speak. */
  isLast: boolean;
  dryRun: DryRunVerdict | null;
}

async function checkBefore(ctx: Context, input: ApproveRequest): Promise<Check> {
  const seen = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (seen === null) throw unknownTicket();
  const speaker = await requireApprover(db(), ctx, seen);
  requireVersion(seen, input.version);
  const word = wordOf(input, { ticket: seen, speaker });
  const isLast = await wouldBeLast(db(), ctx, word);
  const choices = mergeChoices(seen, word.choices);
  const dryRun = isLast ? await checkAtCluster(ctx, seen, choices) : null;
  return { version: seen.version, isLast, dryRun };
}

/** False where the request has changed since its spec was checked: it is checked again. */
function sayYes(ctx: Context, input: ApproveRequest, check: Check): Promise<boolean> {
  return inTransaction(async (tx) => {
    const locked = await lockTicket(tx, input.ticketId);
    const speaker = await requireApprover(tx, ctx, locked);
    requireVersion(locked, input.version);
    const word = wordOf(input, { ticket: locked, speaker });
    const isLast = await wouldBeLast(tx, ctx, word);
    if (locked.version !== check.version || (isLast && !check.isLast)) return false;
    const ticket = await endPause(tx, ctx, locked);
    const decided = await decideStep(tx, ctx, { ...word, ticket });
    const { choices } = decided;
    if (!decided.isLast) {
      await requireSound(tx, { ...word, choices });
      return true;
    }
    const approver = { id: actorId(ctx.actor), name: shownName(ctx.actor) };
    await completeApproval(tx, ctx, { ticket, choices, approver, dryRun: check.dryRun });
    return true;
  });
}

function wordOf(input: ApproveRequest, { ticket, speaker }: Pick<StepWord, "ticket" | "speaker">): StepWord {
  const { ticketId: _ticket, version: _version, comment = "", ...choices } = input;
  return { ticket, speaker, verdict: "approve", comment, choices };
}

/** What is changed on the way must hold together and be explained, before the next person looks at it. */
async function requireSound(tx: Tx, { ticket, choices }: StepWord): Promise<void> {
  if (ticket.operationType !== "CREATE" || Object.keys(choices).length === 0) return;
  const creation = await readCreation(tx, ticket, choices);
  requireReasonForChanges(creation.asked, creation.wanted, choices.modificationReason);
}
