import type { Context } from "@/lib/core/context";
import { platformContext } from "@/lib/core/context";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { canMove } from "@/lib/core/state-machine";
import { requestMachine } from "./machine";
import { settleReservation } from "./quotas/settle-reservation";
import { lockTicket, moveTicket, type Ticket } from "./store";

interface EventNews {
  status: string;
  errorMessage: string | null;
  attempt: number;
  requestId: string;
}

/** News of an operation reaches its ticket: picked up, tried again, succeeded or failed. The same news twice changes nothing. */
export async function closeRequest(payload: { eventId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const found = await tx.approvalTicket.findUnique({
      where: { eventId: payload.eventId },
      select: { id: true },
    });
    if (found === null) return;
    const ticket = await lockTicket(tx, found.id);
    const event = await tx.domainEvent.findUniqueOrThrow({
      where: { id: payload.eventId },
      select: { status: true, errorMessage: true, attempt: true, requestId: true },
    });
    await follow(tx, platformContext("worker", event.requestId), ticket, event);
  });
}

async function follow(tx: Tx, ctx: Context, ticket: Ticket, event: EventNews): Promise<void> {
  if (event.status === "PROCESSING") return recordProgress(tx, ctx, ticket, event);
  const move = event.status === "COMPLETED" ? "succeed" : event.status === "FAILED" ? "fail" : null;
  if (move === null || !canMove(requestMachine, ticket.status, move)) return;
  await moveTicket(tx, ticket, move, { ...attempts(ctx, event), finishedAt: ctx.now });
  const outcome = move === "succeed" ? "succeeded" : "failed";
  await settleReservation(tx, { ticketId: ticket.id, outcome });
  if (move === "succeed" && ticket.operationType === "DELETE") await stampDeletion(tx, ctx, ticket);
  await tellOutcome(tx, ticket, event);
}

async function recordProgress(tx: Tx, ctx: Context, ticket: Ticket, event: EventNews): Promise<void> {
  if (canMove(requestMachine, ticket.status, "execute")) {
    await moveTicket(tx, ticket, "execute", attempts(ctx, event));
  } else if (event.attempt !== ticket.attemptCount) {
    await tx.approvalTicket.update({
      where: { id: ticket.id },
      data: attempts(ctx, event),
      select: { id: true },
    });
  }
}

function attempts(ctx: Context, event: EventNews) {
  const lastError = event.errorMessage === null ? {} : { lastError: errorOf(event.errorMessage) };
  return { attemptCount: event.attempt, lastAttemptAt: ctx.now, ...lastError };
}

/** Final failures are written as "CODE: words"; passing ones are the cluster's words alone. */
function errorOf(message: string): { code: string; message: string } {
  const [, code, words] = /^([A-Z_]+): ([\s\S]*)$/.exec(message) ?? [];
  return { code: code ?? "CLUSTER_UNAVAILABLE", message: words ?? message };
}

/** The size snapshot outlives the VM for a while; its clock starts here (spec §5.28). */
async function stampDeletion(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  await tx.$executeRaw`
    UPDATE instance_size_snapshots SET vm_deleted_at = ${ctx.now}
    WHERE vm_deleted_at IS NULL AND approval_ticket_id IN (
      SELECT id FROM approval_tickets WHERE operation_type = 'CREATE' AND resource_id = ${ticket.resourceId})`;
}

/** The requester and whoever owns or administers the System (spec §5.20). */
async function tellOutcome(tx: Tx, ticket: Ticket, event: EventNews): Promise<void> {
  const keepers = await tx.resourceRoleBinding.findMany({
    where: { resourceType: "system", resourceId: ticket.systemId, role: { in: ["owner", "admin"] } },
    select: { userId: true },
    take: 100,
  });
  await notifyUsers(tx, [ticket.requesterId, ...keepers.map(({ userId }) => userId)], {
    kind: "VM_STATUS_CHANGE",
    ticketId: ticket.id,
    ...(ticket.resourceId === null || ticket.operationType === "DELETE"
      ? {}
      : { resource: { type: "vm", id: ticket.resourceId } }),
    params: {
      operation: ticket.operationType,
      succeeded: event.status === "COMPLETED",
      vm: ticket.resourceName,
    },
  });
}
