import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import type { DryRunVerdict } from "@/lib/vms/schema";
import { isLess, settleTerms } from "./access/rules";
import { accessTerms, type AccessTerms } from "./access/schema";
import { askClusters } from "./ask-clusters";
import { placeCreation, readCreation, type PlacedCreation } from "./place-creation";
import { isModified, requireReasonForChanges } from "./rules";
import type { ApproveRequest } from "./schema";
import { requireApprover, unknownTicket } from "./require-decider";
import { startOperation } from "./start-operation";
import { environmentOf, lockTicket, machineTicket, moveTicket, requireVersion, type Ticket } from "./store";

/**
 * The order of spec §5.11: who may decide, what fits, the cluster's own dry run, then one transaction. The dry run comes
 * before the transaction because it waits for a cluster; all else is checked again inside.
 * @throws SELF_APPROVAL_FORBIDDEN, MFA_REQUIRED for production, CONFLICT (seen version), INVALID_STATE, CLUSTER_NOT_PLACEABLE, CLUSTER_REJECTED,
 *   CLUSTER_UNAVAILABLE when the dry run could not be made
 */
export async function approveRequest(ctx: Context, input: ApproveRequest): Promise<void> {
  const dryRun = await checkAtCluster(ctx, input);
  await inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await requireApprover(tx, ctx, ticket);
    requireVersion(ticket, input.version);
    const placed = await choosePlace(tx, ticket, input);
    const terms = chooseTerms(ticket, input);
    await moveTicket(tx, ticket, "approve", {
      approverId: actorId(ctx.actor),
      approverName: shownName(ctx.actor),
      approvedAt: ctx.now,
      modificationReason: input.modificationReason ?? null,
      ...(placed !== null && isModified(placed.asked, placed.blueprint)
        ? { modifiedSpec: placed.blueprint }
        : {}),
      ...(terms?.isLess === true ? { modifiedSpec: terms.given } : {}),
    });
    await startOperation(tx, ctx, { ticket, placed, terms: terms?.given ?? null });
    await recordApproval(tx, ctx, { ticket, placed, terms: terms?.given ?? null, dryRun, input });
  });
}

/** A creation is asked of the chosen cluster's admission; other operations have nothing to ask. */
async function checkAtCluster(ctx: Context, input: ApproveRequest): Promise<DryRunVerdict | null> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (ticket === null) throw unknownTicket();
  await requireApprover(db(), ctx, ticket);
  requireVersion(ticket, input.version);
  if (ticket.status !== "PENDING" || ticket.operationType !== "CREATE") return null;
  try {
    const placed = await choosePlace(db(), ticket, input);
    if (placed === null) return null;
    const { clusterId, blueprint } = placed;
    const { storageClass, dvAccessModes, dvVolumeMode } = blueprint;
    const target = { clusterId, storageClass, dvAccessModes, dvVolumeMode };
    const [verdict] = await askClusters(ctx, machineTicket(ticket), blueprint, [target]);
    requireAccepted(verdict);
    return verdict;
  } catch (error) {
    if (error instanceof AppError) await recordRefusal(ctx, ticket, error);
    throw error;
  }
}

/** An approval that its checks refused is on record too, in a transaction of its own: nothing else was written. */
async function recordRefusal(ctx: Context, ticket: Ticket, error: AppError): Promise<void> {
  await inTransaction((tx) =>
    recordAudit(tx, ctx, {
      action: "approval.validation_failed",
      outcome: "failure",
      resource: { type: "ticket", id: ticket.id },
      parent: { type: "system", id: ticket.systemId },
      ...environmentOf(ticket),
      details: { code: error.code, params: error.params, fields: error.fields },
    }),
  );
}

function requireAccepted(verdict: DryRunVerdict | undefined): asserts verdict is DryRunVerdict {
  if (verdict?.result === "accepted") return;
  const message = verdict?.message ?? "the cluster did not answer";
  if (verdict?.result === "refused")
    throw new AppError("CLUSTER_REJECTED", { message, causes: verdict.causes });
  throw new AppError("CLUSTER_UNAVAILABLE", { message });
}

async function choosePlace(tx: Tx, ticket: Ticket, input: ApproveRequest): Promise<PlacedCreation | null> {
  if (ticket.operationType !== "CREATE") return null;
  const creation = await readCreation(tx, ticket, input);
  const recommended = creation.candidates.find((candidate) => candidate.recommended);
  const clusterId = input.clusterId ?? recommended?.clusterId;
  if (clusterId === undefined) throw new AppError("NO_CANDIDATE_CLUSTER", environmentOf(ticket));
  const placed = placeCreation(creation, clusterId);
  requireReasonForChanges(placed.asked, placed.blueprint, input.modificationReason);
  return placed;
}

function chooseTerms(ticket: Ticket, input: ApproveRequest): { given: AccessTerms; isLess: boolean } | null {
  if (ticket.operationType !== "ACCESS") return null;
  const asked = accessTerms.parse(ticket.requestParams);
  const given = settleTerms(asked, input);
  return { given, isLess: isLess(asked, given) };
}

interface Approval {
  ticket: Ticket;
  placed: PlacedCreation | null;
  terms: AccessTerms | null;
  dryRun: DryRunVerdict | null;
  input: ApproveRequest;
}

async function recordApproval(
  tx: Tx,
  ctx: Context,
  { ticket, placed, terms, dryRun, input }: Approval,
): Promise<void> {
  await recordAudit(tx, ctx, {
    action: ticket.operationType === "DELETE" ? "vm.delete_approved" : "approval.approve",
    resource: {
      type: "ticket",
      id: ticket.id,
      ...(ticket.resourceName === null ? {} : { name: ticket.resourceName }),
    },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: {
      operation: ticket.operationType,
      requesterId: ticket.requesterId,
      clusterId: placed?.clusterId ?? null,
      final: placed?.blueprint ?? terms,
      modificationReason: input.modificationReason ?? null,
      dryRun: dryRun?.result ?? "not applicable",
    },
  });
  await notifyUsers(tx, [ticket.requesterId], {
    kind: "APPROVAL_COMPLETED",
    ticketId: ticket.id,
    params: {
      operation: ticket.operationType,
      approver: shownName(ctx.actor),
      system: ticket.systemName,
      service: ticket.serviceName,
      ...terms,
    },
  });
}
