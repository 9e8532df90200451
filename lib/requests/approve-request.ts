import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import type { DryRunVerdict } from "@/lib/vms/schema";
import { askClusters } from "./ask-clusters";
import { placeCreation, readCreation, type PlacedCreation } from "./place-creation";
import { isModified, requireReasonForChanges } from "./rules";
import type { ApproveRequest } from "./schema";
import { startOperation } from "./start-operation";
import { lockTicket, moveTicket, requireVersion, type Ticket } from "./store";

/**
 * The order of spec §5.11: who may decide, what fits, the cluster's own dry run, then one transaction. The dry run comes
 * before the transaction because it waits for a cluster; all else is checked again inside.
 * @throws SELF_APPROVAL_FORBIDDEN, CONFLICT (seen version), INVALID_STATE, CLUSTER_NOT_PLACEABLE, CLUSTER_REJECTED,
 *   CLUSTER_UNAVAILABLE when the dry run could not be made
 */
export async function approveRequest(ctx: Context, input: ApproveRequest): Promise<void> {
  const dryRun = await checkAtCluster(ctx, input);
  await inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await requireDecider(tx, ctx, ticket);
    requireVersion(ticket, input.version);
    const placed = await choosePlace(tx, ticket, input);
    await moveTicket(tx, ticket, "approve", {
      approverId: actorId(ctx.actor),
      approverName: shownName(ctx.actor),
      approvedAt: ctx.now,
      modificationReason: input.modificationReason ?? null,
      ...(placed !== null && isModified(placed.asked, placed.blueprint)
        ? { modifiedSpec: placed.blueprint }
        : {}),
    });
    await startOperation(tx, ctx, ticket, placed);
    await recordApproval(tx, ctx, { ticket, placed, dryRun, input });
  });
}

/** A creation is asked of the chosen cluster's admission; other operations have nothing to ask. */
async function checkAtCluster(ctx: Context, input: ApproveRequest): Promise<DryRunVerdict | null> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (ticket === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
  await requireDecider(db(), ctx, ticket);
  requireVersion(ticket, input.version);
  if (ticket.status !== "PENDING" || ticket.operationType !== "CREATE") return null;
  try {
    const placed = await choosePlace(db(), ticket, input);
    if (placed === null) return null;
    const [verdict] = await askClusters(ctx, ticket, placed.blueprint, [
      { clusterId: placed.clusterId, storageClass: placed.blueprint.storageClass },
    ]);
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
      environment: ticket.environment,
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

/** Whoever asked never decides, whatever else they are (spec §0.2). */
export async function requireDecider(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  await authorize(tx, ctx, "builtin_approval:approve", {
    systemId: ticket.systemId,
    environment: ticket.environment,
  });
  if (actorId(ctx.actor) === ticket.requesterId) throw new AppError("SELF_APPROVAL_FORBIDDEN");
}

async function choosePlace(tx: Tx, ticket: Ticket, input: ApproveRequest): Promise<PlacedCreation | null> {
  if (ticket.operationType !== "CREATE") return null;
  const creation = await readCreation(tx, ticket, input);
  const recommended = creation.candidates.find((candidate) => candidate.recommended);
  const clusterId = input.clusterId ?? recommended?.clusterId;
  if (clusterId === undefined)
    throw new AppError("NO_CANDIDATE_CLUSTER", { environment: ticket.environment });
  const placed = placeCreation(creation, clusterId);
  requireReasonForChanges(placed.asked, placed.blueprint, input.modificationReason);
  return placed;
}

interface Approval {
  ticket: Ticket;
  placed: PlacedCreation | null;
  dryRun: DryRunVerdict | null;
  input: ApproveRequest;
}

async function recordApproval(
  tx: Tx,
  ctx: Context,
  { ticket, placed, dryRun, input }: Approval,
): Promise<void> {
  await recordAudit(tx, ctx, {
    action: ticket.operationType === "DELETE" ? "vm.delete_approved" : "approval.approve",
    resource: {
      type: "ticket",
      id: ticket.id,
      ...(ticket.resourceName === null ? {} : { name: ticket.resourceName }),
    },
    parent: { type: "system", id: ticket.systemId },
    environment: ticket.environment,
    details: {
      operation: ticket.operationType,
      requesterId: ticket.requesterId,
      clusterId: placed?.clusterId ?? null,
      final: placed?.blueprint ?? null,
      modificationReason: input.modificationReason ?? null,
      dryRun: dryRun?.result ?? "not applicable",
    },
  });
  await notifyUsers(tx, [ticket.requesterId], {
    kind: "APPROVAL_COMPLETED",
    ticketId: ticket.id,
    params: { operation: ticket.operationType, approver: shownName(ctx.actor), service: ticket.serviceName },
  });
}
