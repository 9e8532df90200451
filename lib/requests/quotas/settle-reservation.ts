import type { Tx } from "@/lib/core/transaction";
import { lockUsage, measureMachine } from "./store";

export type Outcome = "succeeded" | "failed" | "withdrawn";

/**
 * A step: a request has ended. What was made keeps its room until its row goes; whatever was not made gives it back. The
 * same end twice changes nothing.
 */
export async function settleReservation(
  tx: Tx,
  { ticketId, outcome }: { ticketId: string; outcome: Outcome },
): Promise<void> {
  const ticket = await tx.approvalTicket.findUnique({
    where: { id: ticketId },
    select: { operationType: true, resourceId: true, systemId: true, environment: true },
  });
  if (ticket?.environment == null) return;
  const { systemId, environment, resourceId } = ticket;
  const held = await tx.reservation.findUnique({ where: { ticketId }, select: { id: true, state: true } });
  if (held?.state !== "HELD") return;
  await lockUsage(tx, { systemId, environment });
  const makesMachine = ticket.operationType === "CREATE" || ticket.operationType === "CLONE";
  if (outcome !== "succeeded" || resourceId === null) return release(tx, held.id);
  if (makesMachine) return keep(tx, held.id, resourceId);
  await measureAnew(tx, held.id, resourceId);
}

/** The machine may be gone again by the time the news of its making arrives. */
async function keep(tx: Tx, reservationId: string, vmId: string): Promise<void> {
  const vm = await tx.vm.findUnique({ where: { id: vmId }, select: { clusterId: true } });
  if (vm === null) return release(tx, reservationId);
  await tx.reservation.update({
    where: { id: reservationId },
    data: { state: "KEPT", vmId, clusterId: vm.clusterId },
    select: { id: true },
  });
}

async function release(tx: Tx, reservationId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE reservations SET state = 'RELEASED', released_at = now() WHERE id = ${reservationId} AND state <> 'RELEASED'`;
}

/** A change has happened: the machine's own reservation is what the machine is now, more or less. */
async function measureAnew(tx: Tx, reservationId: string, vmId: string): Promise<void> {
  await release(tx, reservationId);
  const vm = await measureMachine(tx, vmId);
  if (vm === null) return;
  await tx.reservation.updateMany({ where: { vmId, state: "KEPT" }, data: vm.demand });
}
