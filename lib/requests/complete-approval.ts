import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import type { DryRunVerdict } from "@/lib/vms/schema";
import { isLess, settleTerms } from "./access/rules";
import { accessTerms, type AccessTerms } from "./access/schema";
import { askClusters } from "./ask-clusters";
import { recordChecks } from "./cockpit/record-checks";
import { startOrHold } from "./calendar/start-or-hold";
import { checkChange } from "./modification/check-change";
import { chooseChange } from "./modification/choose-change";
import { placeCreation, readCreation, type PlacedCreation } from "./place-creation";
import { isModified, requireReasonForChanges } from "./rules";
import type { ApproveRequest } from "./schema";
import { environmentOf, machineTicket, moveTicket, type Ticket } from "./store";

/** What the last decision says of the request, whoever takes it: a person, a rule, a desk outside. */
export type FinalChoices = Omit<ApproveRequest, "ticketId" | "version" | "comment">;

/** Whose word it is, for the ticket and the notice. */
export interface Approver {
  id: string | null;
  name: string;
}

/**
 * Before the transaction, because it waits for a cluster: a creation is asked of the chosen cluster's admission, other
 * operations have nothing to ask. A refusal is on record too.
 * @throws CLUSTER_REJECTED, CLUSTER_UNAVAILABLE when the dry run could not be made, and what the placing refuses
 */
export async function checkAtCluster(
  ctx: Context,
  ticket: Ticket,
  choices: FinalChoices,
): Promise<DryRunVerdict | null> {
  if (ticket.status !== "PENDING" || !["CREATE", "MODIFY"].includes(ticket.operationType)) return null;
  try {
    if (ticket.operationType === "MODIFY") return await checkChange(ctx, ticket, choices);
    const placed = await choosePlace(db(), ticket, choices);
    if (placed === null) return null;
    const { clusterId, blueprint } = placed;
    const { storageClass, dvAccessModes, dvVolumeMode } = blueprint;
    const target = { clusterId, storageClass, dvAccessModes, dvVolumeMode };
    const verdicts = await askClusters(ctx, machineTicket(ticket), blueprint, [target]);
    // What the cluster says now is kept for whoever looks next, and whether it has changed its mind.
    await inTransaction((tx) => recordChecks(tx, ctx, { ticketId: ticket.id, blueprint, verdicts }));
    const [verdict] = verdicts;
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

export interface LastDecision {
  ticket: Ticket;
  choices: FinalChoices;
  approver: Approver;
  dryRun: DryRunVerdict | null;
}

/** A step: the last decision is taken; the ticket is approved and what it asks for starts, or waits for its hour. */
export async function completeApproval(tx: Tx, ctx: Context, decision: LastDecision): Promise<void> {
  const { ticket, choices, approver } = decision;
  const placed = await choosePlace(tx, ticket, choices);
  const terms = chooseTerms(ticket, choices);
  const change = await chooseChange(tx, ticket, choices);
  await moveTicket(tx, ticket, "approve", {
    approverId: approver.id,
    approverName: approver.name,
    approvedAt: ctx.now,
    modificationReason: choices.modificationReason ?? null,
    ...(placed !== null && isModified(placed.asked, placed.blueprint)
      ? { modifiedSpec: placed.blueprint }
      : {}),
    ...(terms?.isLess === true ? { modifiedSpec: terms.given } : {}),
    ...(change?.isModified === true ? { modifiedSpec: change.wish } : {}),
  });
  await startOrHold(tx, ctx, { ticket, placed, terms: terms?.given ?? null, change });
  await recordApproval(tx, ctx, { ...decision, placed, terms: terms?.given ?? null });
}

async function choosePlace(tx: Tx, ticket: Ticket, input: FinalChoices): Promise<PlacedCreation | null> {
  if (ticket.operationType !== "CREATE") return null;
  const creation = await readCreation(tx, ticket, input);
  const recommended = creation.candidates.find((candidate) => candidate.recommended);
  const clusterId = input.clusterId ?? recommended?.clusterId;
  if (clusterId === undefined) throw new AppError("NO_CANDIDATE_CLUSTER", environmentOf(ticket));
  const placed = placeCreation(creation, clusterId);
  requireReasonForChanges(placed.asked, placed.blueprint, input.modificationReason);
  return placed;
}

function chooseTerms(ticket: Ticket, input: FinalChoices): { given: AccessTerms; isLess: boolean } | null {
  if (ticket.operationType !== "ACCESS") return null;
  const asked = accessTerms.parse(ticket.requestParams);
  const given = settleTerms(asked, input);
  return { given, isLess: isLess(asked, given) };
}

interface Approval extends LastDecision {
  placed: PlacedCreation | null;
  terms: AccessTerms | null;
}

async function recordApproval(
  tx: Tx,
  ctx: Context,
  { ticket, placed, terms, dryRun, choices, approver }: Approval,
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
      modificationReason: choices.modificationReason ?? null,
      dryRun: dryRun?.result ?? "not applicable",
    },
  });
  await notifyUsers(tx, [ticket.requesterId], {
    kind: "APPROVAL_COMPLETED",
    ticketId: ticket.id,
    params: {
      operation: ticket.operationType,
      approver: approver.name,
      system: ticket.systemName,
      service: ticket.serviceName,
      ...terms,
    },
  });
}
