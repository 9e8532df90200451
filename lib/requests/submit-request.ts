import type { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyHolders, notifyUsers } from "@/lib/notifications/notify-users";
import { operationTypeOf } from "@/lib/vocabulary/operations";
import { checkAccess } from "./access/check-access";
import { listAccessDeciders } from "./access/queries";
import { checkCreation, type MachineSubject, type Subject } from "./check-creation";
import { checkOperation } from "./check-operation";
import { operationTable } from "./operation-table";
import { decideByPolicy } from "./policies/queries";
import type { PolicyDecision } from "./policies/rules";
import type { Submitted, SubmitRequest } from "./schema";
import { runNow } from "./run-now";
import { placeOfCreation, placeOfVm, type LocatedPlace } from "./store";

/**
 * The one funnel (spec §5.10–5.15): found, allowed, checked; then policy answers "run now" or "ask". Event, ticket,
 * record and notices, or, when it runs now, the job, commit together.
 * @throws DUPLICATE_PENDING_REQUEST {existingTicketId, operation} and what the checks refuse
 */
export async function submitRequest(ctx: Context, input: SubmitRequest): Promise<Submitted> {
  try {
    return await inTransaction(async (tx) => {
      const { subject, policy } = await requireAllowed(tx, ctx, input);
      await refuseDuplicate(tx, subject, input);
      const ticket = await openTicket(tx, ctx, { input, subject, policy });
      if (policy.requiresApproval) await askApprovers(tx, ctx, subject, { ticketId: ticket.id, input });
      else await runNow(tx, ctx, ticket.id);
      return answer(ticket, policy.requiresApproval);
    });
  } catch (error) {
    // Two submissions at once: the partial key let one through; the other learns which.
    if (!isUniqueViolation(error, "duplicate_key")) throw error;
    throw new AppError("DUPLICATE_PENDING_REQUEST", { operation: input.operation });
  }
}

interface Allowed {
  subject: Subject;
  policy: PolicyDecision;
}

/** A role on a System is the word of those who keep it, so it is always asked for. */
async function requireAllowed(tx: Tx, ctx: Context, input: SubmitRequest): Promise<Allowed> {
  if (input.operation === "SYSTEM_ACCESS") {
    const subject = await checkAccess(tx, ctx, input);
    return { subject, policy: { requiresApproval: true, policyName: null } };
  }
  const subject = await requireOperable(tx, ctx, input);
  return { subject, policy: await decideByPolicy(tx, { operation: input.operation, ...subject }) };
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
}

async function openTicket(tx: Tx, ctx: Context, { input, subject, policy }: Submission) {
  const id = newId();
  const { eventType, auditAction } = operationTable[input.operation];
  const eventId = await openEvent(tx, ctx, {
    type: eventType,
    aggregate: { type: subject.resource.type, id: subject.resource.id ?? id },
    payload: { ...subject.payload, ticketId: id },
  });
  await tx.approvalTicket.create({
    data: { id, eventId, ...ticketColumns(ctx, { input, subject, policy }) },
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
    details: { ...subject.payload, policy: policy.policyName, requiresApproval: policy.requiresApproval },
  });
  return { id, eventId };
}

function ticketColumns(ctx: Context, { input, subject, policy }: Submission) {
  return {
    operationType: operationTypeOf[input.operation],
    requesterId: actorId(ctx.actor),
    requesterName: shownName(ctx.actor),
    reason: input.reason,
    policyName: policy.policyName,
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

function answer(ticket: { id: string; eventId: string }, requiresApproval: boolean): Submitted {
  return {
    eventId: ticket.eventId,
    ticketId: ticket.id,
    status: requiresApproval ? "PENDING_APPROVAL" : "ACCEPTED",
    links: { event: `/api/v1/events/${ticket.eventId}`, ticket: `/api/v1/tickets/${ticket.id}` },
  };
}
