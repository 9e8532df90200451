import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { authorizeRequester } from "./authorize-requester";
import { calendarOperation } from "./calendar/schema";
import { startOrHold } from "./calendar/start-or-hold";
import { findEmergency } from "./emergencies/find-emergency";
import { operationTable } from "./operation-table";
import { decideByPolicy } from "./policies/queries";
import { demandShape } from "./quotas/schema";
import { holdReservation } from "./quotas/hold-reservation";
import { submitInput } from "./schema";
import { environmentOf, lockTicket, machineTicket, moveTicket, type Ticket } from "./store";
import { readClass } from "./workflows/read-question";

/**
 * What was approved and failed is done again, by whoever asked (spec §4 Batch child): a new event for the same ticket, so
 * the old one stays over for whoever follows it. A creation goes on with the machine it has, so there is never a second.
 * @throws INVALID_STATE for what has not failed, is no child of a batch, or whose machine has moved on; VM_NOT_FOUND
 */
export function retryRequest(ctx: Context, { ticketId }: { ticketId: string }): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, ticketId);
    await authorizeRequester(tx, ctx, ticket);
    await authorizeStill(tx, ctx, ticket);
    if (ticket.batchId === null || ticket.resourceId === null)
      throw new AppError("INVALID_STATE", { object: "request", state: ticket.status, move: "retry" });
    await requireStillUnasked(tx, ticket);
    const eventId = await reopenEvent(tx, ctx, ticket);
    const again = {
      eventId,
      attemptCount: 0,
      lastError: Prisma.DbNull,
      lastAttemptAt: null,
      finishedAt: null,
    };
    await moveTicket(tx, ticket, "retry", { ...again, heldUntil: null, holdReason: Prisma.DbNull });
    await holdAgain(tx, ctx, ticket);
    await startOrHold(tx, ctx, { ticket: await lockTicket(tx, ticket.id) });
    await recordAudit(tx, ctx, {
      action: "batch.retry",
      resource: {
        type: "ticket",
        id: ticket.id,
        ...(ticket.resourceName ? { name: ticket.resourceName } : {}),
      },
      parent: { type: "batch", id: ticket.batchId },
      ...environmentOf(ticket),
      details: { operation: ticket.operation, lastError: ticket.lastError },
    });
  });
}

/** Whoever may no longer ask for it may not have it done again. */
async function authorizeStill(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  const { operation } = submitInput.parse(ticket.requestParams);
  if (operation === "SYSTEM_ACCESS")
    throw new AppError("INVALID_STATE", { object: "request", state: ticket.status, move: "retry" });
  const { permission, role } = operationTable[operation];
  const { systemId, serviceId } = ticket;
  await authorize(tx, ctx, permission, {
    ...{ systemId, role, ...environmentOf(ticket) },
    ...(serviceId === null ? {} : { serviceId }),
  });
}

/** What nobody was asked about is no leave for later: the rules answer anew, and an emergency has to run still. */
async function requireStillUnasked(tx: Tx, ticket: Ticket): Promise<void> {
  const { systemId, requesterId, environment } = machineTicket(ticket);
  const operation = calendarOperation.parse(ticket.operation);
  const environmentClass = (await readClass(tx, environment)) ?? "prod";
  const demand = demandShape.nullable().catch(null).parse(ticket.demand);
  const asked = { operation, systemId, requesterId, environment, environmentClass, demand };
  const { effect, policyName } = await decideByPolicy(tx, asked);
  if (effect === "deny") throw new AppError("POLICY_DENIED", { rule: policyName });
  const emergencyId = await findEmergency(tx, { personId: requesterId, systemId, environment });
  const isOver = ticket.emergencyId !== null && ticket.emergencyId !== emergencyId;
  const isAskedNow = ticket.emergencyId === null && ticket.policyEffect === "run" && effect === "ask";
  if (isOver || isAskedNow)
    throw new AppError("INVALID_STATE", { object: "request", state: ticket.status, move: "retry" });
}

const payloadShape = z.record(z.string(), z.unknown());

/** The same claim check once more: as it was approved, and a restart compares with the instance that runs now. */
async function reopenEvent(tx: Tx, ctx: Context, ticket: Ticket): Promise<string> {
  const event = await tx.domainEvent.findUniqueOrThrow({
    where: { id: ticket.eventId },
    select: { aggregateType: true, aggregateId: true, payload: true },
  });
  const vm = await tx.vm.findUnique({ where: { id: ticket.resourceId ?? "" }, select: { vmiUid: true } });
  const payload = payloadShape.parse(event.payload);
  const { operation } = submitInput.parse(ticket.requestParams);
  return openEvent(tx, ctx, {
    type: operationTable[operation].eventType,
    aggregate: { type: event.aggregateType, id: event.aggregateId },
    payload: {
      ...payload,
      ...("vmiUid" in payload ? { vmiUid: vm?.vmiUid ?? null } : {}),
      ...("wish" in payload && ticket.modifiedSpec !== null ? { wish: ticket.modifiedSpec } : {}),
    },
  });
}

/** What failed gave its room back, so it takes it again, if there still is some. */
async function holdAgain(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  const demand = demandShape.safeParse(ticket.demand);
  if (!demand.success) return;
  await tx.reservation.deleteMany({ where: { ticketId: ticket.id, state: "RELEASED" } });
  const { systemName, serviceId, serviceName, namespace, environment } = machineTicket(ticket);
  const makesMachine = ticket.operationType === "CREATE" || ticket.operationType === "CLONE";
  await holdReservation(tx, ctx, {
    ticketId: ticket.id,
    subject: {
      ...{ systemId: ticket.systemId, systemName, serviceId, serviceName, namespace, environment },
      resource: {
        type: ticket.resourceType,
        id: makesMachine ? null : ticket.resourceId,
        name: ticket.resourceName,
      },
      duplicateKey: ticket.duplicateKey,
      templateId: ticket.templateId,
      instanceSizeId: ticket.instanceSizeId,
      demand: demand.data,
      payload: {},
    },
  });
}
