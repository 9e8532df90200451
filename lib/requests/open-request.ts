import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { notifyHolders, notifyUsers } from "@/lib/notifications/notify-users";
import { operationTypeOf } from "@/lib/vocabulary/operations";
import { checkAccess } from "./access/check-access";
import { listAccessDeciders } from "./access/queries";
import { checkCreation, type MachineSubject, type Subject } from "./check-creation";
import { checkOperation } from "./check-operation";
import { operationTable } from "./operation-table";
import { decideByPolicy } from "./policies/queries";
import { alwaysAsked, type PolicyDecision } from "./policies/rules";
import { holdReservation } from "./quotas/hold-reservation";
import type { Submitted, SubmitRequest } from "./schema";
import { runNow } from "./run-now";
import { placeOfCreation, placeOfVm, type LocatedPlace } from "./store";

/** What surrounds a submission without being part of what is asked. */
export interface Circumstances {
  /** It is one of many that were asked together. */
  batch?: { id: string; sequenceNo: number };
}

/** A step: the funnel itself, for whoever submits one request or many in a transaction of their own. */
export async function openRequest(
  tx: Tx,
  ctx: Context,
  input: SubmitRequest,
  circumstances: Circumstances = {},
): Promise<Submitted> {
  const allowed = await requireAllowed(tx, ctx, input);
  await refuseDuplicate(tx, allowed.subject, input);
  const ticket = await openTicket(tx, ctx, { input, circumstances, ...allowed });
  await holdReservation(tx, ctx, { ticketId: ticket.id, ...allowed });
  const asks = allowed.policy.effect === "ask";
  if (asks) await askApprovers(tx, ctx, allowed.subject, { ticketId: ticket.id, input });
  else await runNow(tx, ctx, ticket.id);
  return answer(ticket, asks);
}

interface Allowed {
  subject: Subject;
  policy: PolicyDecision;
}

/** A role on a System is the word of those who keep it, so it is always asked for. */
async function requireAllowed(tx: Tx, ctx: Context, input: SubmitRequest): Promise<Allowed> {
  if (input.operation === "SYSTEM_ACCESS") {
    const subject = await checkAccess(tx, ctx, input);
    return { subject, policy: alwaysAsked };
  }
  const subject = await requireOperable(tx, ctx, input);
  const policy = await decideByPolicy(tx, {
    operation: input.operation,
    requesterId: actorId(ctx.actor),
    ...subject,
  });
  if (policy.effect === "deny") throw new AppError("POLICY_DENIED", { rule: policy.policyName });
  return { subject, policy };
}

async function requireOperable(
  tx: Tx,
  ctx: Context,
  input: Exclude<SubmitRequest, { operation: "SYSTEM_ACCESS" }>,
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
  return checkOperation(ctx, vm, input);
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

async function refuseDuplicate(tx: Tx, subject: Subject, input: SubmitRequest): Promise<void> {
  const existing = await tx.approvalTicket.findFirst({
    where: { duplicateKey: subject.duplicateKey, status: "PENDING" },
    select: { id: true },
  });
  if (existing === null) return;
  throw new AppError("DUPLICATE_PENDING_REQUEST", {
    existingTicketId: existing.id,
    operation: input.operation,
  });
}

interface Submission extends Allowed {
  input: SubmitRequest;
  circumstances: Circumstances;
}

async function openTicket(tx: Tx, ctx: Context, { input, circumstances, subject, policy }: Submission) {
  const id = newId();
  const { eventType, auditAction } = operationTable[input.operation];
  const eventId = await openEvent(tx, ctx, {
    type: eventType,
    aggregate: { type: subject.resource.type, id: subject.resource.id ?? id },
    payload: { ...subject.payload, ticketId: id },
  });
  await tx.approvalTicket.create({
    data: { id, eventId, ...ticketColumns(ctx, { input, circumstances, subject, policy }) },
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
    details: { ...subject.payload, policy: policy.policyName, effect: policy.effect },
  });
  return { id, eventId };
}

function ticketColumns(ctx: Context, { input, circumstances, subject, policy }: Submission) {
  return {
    operationType: operationTypeOf[input.operation],
    operation: input.operation,
    requesterId: actorId(ctx.actor),
    requesterName: shownName(ctx.actor),
    reason: input.reason,
    policyName: policy.policyName,
    policyId: policy.policyId,
    policyEffect: policy.effect,
    demand: subject.demand === null ? Prisma.DbNull : { ...subject.demand },
    batchId: circumstances.batch?.id ?? null,
    sequenceNo: circumstances.batch?.sequenceNo ?? null,
    resourceType: subject.resource.type,
    resourceId: subject.resource.id,
    resourceName: subject.resource.name,
    duplicateKey: subject.duplicateKey,
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

async function askApprovers(
  tx: Tx,
  ctx: Context,
  subject: Subject,
  { ticketId, input }: { ticketId: string; input: SubmitRequest },
): Promise<void> {
  const { systemId, systemName: system, serviceName: service, environment, resource } = subject;
  const exceptUserId = actorId(ctx.actor);
  const asked = { operation: input.operation, requester: shownName(ctx.actor), system };
  if (environment !== null) {
    const holders = { permission: "builtin_approval:approve", systemId, environment, exceptUserId } as const;
    const params = { ...asked, service, vm: resource.name };
    await notifyHolders(tx, holders, { kind: "APPROVAL_PENDING", ticketId, params });
  } else if (input.operation === "SYSTEM_ACCESS") {
    const deciders = await listAccessDeciders(tx, { systemId, exceptUserId });
    const params = { ...asked, role: input.role, days: input.days };
    await notifyUsers(
      tx,
      deciders.map(({ id }) => id),
      { kind: "APPROVAL_PENDING", ticketId, params },
    );
  }
}

function answer(ticket: { id: string; eventId: string }, asks: boolean): Submitted {
  return {
    eventId: ticket.eventId,
    ticketId: ticket.id,
    status: asks ? "PENDING_APPROVAL" : "ACCEPTED",
    links: { event: `/api/v1/events/${ticket.eventId}`, ticket: `/api/v1/tickets/${ticket.id}` },
  };
}
