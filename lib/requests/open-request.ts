import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { operationTypeOf } from "@/lib/vocabulary/operations";
import { checkAccess } from "./access/check-access";
import { checkCreation, type MachineSubject, type Subject } from "./check-creation";
import { checkOperation } from "./check-operation";
import { checkClone } from "./clones/check-clone";
import { requireStartAt } from "./calendar/rules";
import { findEmergency } from "./emergencies/find-emergency";
import { findCover } from "./power/find-cover";
import { checkModification } from "./modification/check-modification";
import { operationTable } from "./operation-table";
import { decideByPolicy } from "./policies/queries";
import { recordShadowDecisions } from "./policies/record-shadow-decisions";
import { alwaysAsked, type PolicyDecision, type PolicyQuestion } from "./policies/rules";
import { checkIncrease } from "./quotas/check-increase";
import { holdReservation } from "./quotas/hold-reservation";
import { checkSnapshot } from "./snapshots/check-snapshot";
import type { Submitted, SubmitRequest } from "./schema";
import { runNow } from "./run-now";
import { openSteps } from "./workflows/open-steps";
import { placeOfCreation, placeOfVm, type LocatedPlace } from "./store";

/** What surrounds a submission without being part of what is asked. */
export interface Circumstances {
  /** It is one of many that were asked together. */
  batch?: { id: string; sequenceNo: number };
  /** A rule of the platform itself has decided that it runs, such as a life's end; what is denied stays denied. */
  rule?: string;
}

/** A step: the funnel itself, for whoever submits one request or many in a transaction of their own. */
export async function openRequest(
  tx: Tx,
  ctx: Context,
  input: SubmitRequest,
  circumstances: Circumstances = {},
): Promise<Submitted> {
  const allowed = decidedBy(circumstances.rule, await requireAllowed(tx, ctx, input));
  await refuseDuplicate(tx, duplicateKeyOf(allowed.subject, circumstances), input);
  const ticket = await openTicket(tx, ctx, { input, circumstances, ...allowed });
  const { question, policy: decision } = allowed;
  if (question !== null) await recordShadowDecisions(tx, { ticketId: ticket.id, question, decision });
  await holdReservation(tx, ctx, { ticketId: ticket.id, ...allowed });
  const asks = allowed.policy.effect === "ask" && allowed.emergencyId === null;
  if (asks) await openSteps(tx, ctx, { ticketId: ticket.id });
  else await runNow(tx, ctx, ticket.id);
  return answer(ticket, asks);
}

interface Allowed {
  subject: Subject;
  policy: PolicyDecision;
  /** Null where no rule was asked. */
  question: PolicyQuestion | null;
  /** In whose name nobody is asked. */
  emergencyId: string | null;
}

function decidedBy(rule: string | undefined, allowed: Allowed): Allowed {
  if (rule === undefined) return allowed;
  const policy = { effect: "run", policyId: null, policyName: rule, workflowId: null } as const;
  // No rule was asked, so none could have answered otherwise.
  return { ...allowed, policy, question: null };
}

/** What would outlive an emergency is no part of one. */
const lasting: readonly string[] = ["INCREASE_QUOTA", "EXTEND_VM", "SCHEDULE_VM"];

/** A step: what is asked for, and which rule says whether to ask. A role on a System is the word of those who keep it. */
export async function requireAllowed(tx: Tx, ctx: Context, input: SubmitRequest): Promise<Allowed> {
  if (input.operation === "SYSTEM_ACCESS") {
    const subject = await checkAccess(tx, ctx, input);
    return { subject, policy: alwaysAsked, question: null, emergencyId: null };
  }
  const subject =
    input.operation === "INCREASE_QUOTA"
      ? await checkIncrease(tx, ctx, input)
      : await requireOperable(tx, ctx, input);
  const question = { operation: input.operation, requesterId: actorId(ctx.actor), ...subject };
  const policy = await decideByPolicy(tx, question);
  if (policy.effect === "deny") throw new AppError("POLICY_DENIED", { rule: policy.policyName });
  // What was granted already is not asked for again.
  const cover = policy.effect === "ask" ? await findCover(tx, question.requesterId, input) : null;
  if (cover !== null) return { subject, policy: cover, question: null, emergencyId: null };
  const passes = policy.effect === "ask" && !lasting.includes(input.operation);
  const emergencyId = passes ? await findEmergency(tx, { personId: question.requesterId, ...subject }) : null;
  return { subject, policy, question, emergencyId };
}

async function requireOperable(
  tx: Tx,
  ctx: Context,
  input: Exclude<SubmitRequest, { operation: "SYSTEM_ACCESS" | "INCREASE_QUOTA" }>,
): Promise<MachineSubject> {
  const { permission, role } = operationTable[input.operation];
  const scopeOf = ({ systemId, serviceId, environment }: LocatedPlace) => ({
    systemId,
    serviceId,
    role,
    ...(environment === null ? {} : { environment }),
  });
  if (input.operation === "CREATE_VM") {
    const place = await placeOfCreation(tx, input.serviceId, input.namespace);
    await authorize(tx, ctx, permission, scopeOf(place));
    await holdCatalogue(tx, input);
    return checkCreation(tx, ctx, place, input);
  }
  const vm = await placeOfVm(tx, input.vmId);
  await authorize(tx, ctx, permission, { ...scopeOf(vm), vmId: vm.vmId }).catch(asUnknownVm);
  if (input.operation === "MODIFY_VM") return checkModification(tx, ctx, vm, input);
  if (input.operation === "CLONE_VM") return checkClone(tx, ctx, vm, input);
  if (input.operation === "CREATE_SNAPSHOT" || input.operation === "RESTORE_SNAPSHOT")
    return checkSnapshot(tx, vm, input);
  return checkOperation(tx, ctx, { vm, input });
}

/** What is asked for stays as it is, and is not removed, until the ticket that names it stands. */
async function holdCatalogue(
  tx: Tx,
  { templateId, instanceSizeId }: { templateId: string; instanceSizeId: string },
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM templates t, instance_sizes s WHERE t.id = ${templateId} AND s.id = ${instanceSizeId} FOR SHARE`;
}

/** A VM one may not see answers like one that does not exist. */
function asUnknownVm(error: unknown): never {
  if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND") throw new AppError("VM_NOT_FOUND");
  throw error;
}

/** Several new machines of one batch are alike on purpose; what changes a machine is one thing, batch or not (spec §2). */
function duplicateKeyOf({ duplicateKey, resource }: Subject, { batch }: Circumstances): string {
  return batch === undefined || resource.id !== null
    ? duplicateKey
    : `${duplicateKey}/${batch.id}/${batch.sequenceNo}`;
}

async function refuseDuplicate(tx: Tx, duplicateKey: string, input: SubmitRequest): Promise<void> {
  const existing = await tx.approvalTicket.findFirst({
    where: { duplicateKey, status: "PENDING" },
    select: { id: true },
  });
  if (existing === null) return;
  throw new AppError("DUPLICATE_PENDING_REQUEST", {
    existingTicketId: existing.id,
    operation: input.operation,
  });
}

interface Submission extends Omit<Allowed, "question"> {
  input: SubmitRequest;
  circumstances: Circumstances;
}

async function openTicket(
  tx: Tx,
  ctx: Context,
  { input, circumstances, subject, policy, emergencyId }: Submission,
) {
  const id = newId();
  const { eventType, auditAction } = operationTable[input.operation];
  const eventId = await openEvent(tx, ctx, {
    type: eventType,
    aggregate: { type: subject.resource.type, id: subject.resource.id ?? id },
    payload: { ...subject.payload, ticketId: id },
  });
  await tx.approvalTicket.create({
    data: { id, eventId, ...ticketColumns(ctx, { input, circumstances, subject, policy, emergencyId }) },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: auditAction,
    resource: {
      type: "ticket",
      id,
      name: subject.resource.name ?? `${subject.systemName} / ${subject.serviceName}`,
    },
    parent: { type: "system", id: subject.systemId },
    ...(subject.environment === null ? {} : { environment: subject.environment }),
    details: { ...subject.payload, policy: policy.policyName, effect: policy.effect, emergencyId },
  });
  return { id, eventId };
}

function ticketColumns(ctx: Context, { input, circumstances, subject, policy, emergencyId }: Submission) {
  return {
    operationType: operationTypeOf[input.operation],
    operation: input.operation,
    requesterId: actorId(ctx.actor),
    requesterName: shownName(ctx.actor),
    reason: input.reason,
    startAt: requireStartAt("startAt" in input ? input.startAt : undefined, ctx.now),
    policyName: policy.policyName,
    policyId: policy.policyId,
    policyEffect: policy.effect === "ask" && emergencyId === null ? "ask" : "run",
    emergencyId,
    demand: subject.demand === null ? Prisma.DbNull : { ...subject.demand },
    batchId: circumstances.batch?.id ?? null,
    sequenceNo: circumstances.batch?.sequenceNo ?? null,
    resourceType: subject.resource.type,
    resourceId: subject.resource.id,
    resourceName: subject.resource.name,
    duplicateKey: duplicateKeyOf(subject, circumstances),
    systemId: subject.systemId,
    systemName: subject.systemName,
    serviceId: subject.serviceId,
    serviceName: subject.serviceName,
    namespace: subject.namespace,
    environment: subject.environment,
    templateId: subject.templateId,
    instanceSizeId: subject.instanceSizeId,
    // Parsed input is JSON.
    requestParams: input as Prisma.InputJsonObject,
  };
}

function answer(ticket: { id: string; eventId: string }, asks: boolean): Submitted {
  return {
    eventId: ticket.eventId,
    ticketId: ticket.id,
    status: asks ? "PENDING_APPROVAL" : "ACCEPTED",
    links: { event: `/api/v1/events/${ticket.eventId}`, ticket: `/api/v1/tickets/${ticket.id}` },
  };
}
