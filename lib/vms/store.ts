import { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { vmMachine, type VmMove, type VmState } from "./machine";

/** Compare-and-set by the machine's table; INVALID_STATE when somebody or the cluster was first. */
export async function moveVm(
  tx: Tx,
  vm: { id: string; status: string },
  move: VmMove,
  set: { activeEventId?: string | null; statusMessage?: string | null } = {},
): Promise<VmState> {
  const { from, to } = vmMachine.moves[move];
  const fields = [
    Prisma.sql`status = ${to}`,
    Prisma.sql`status_since = now()`,
    Prisma.sql`updated_at = now()`,
    Prisma.sql`status_message = ${set.statusMessage ?? null}`,
    ...(set.activeEventId === undefined ? [] : [Prisma.sql`active_event_id = ${set.activeEventId}`]),
  ];
  const moved = await tx.$executeRaw`
    UPDATE vms SET ${Prisma.join(fields)} WHERE id = ${vm.id} AND status = ANY(${[...from]})`;
  if (moved === 0) throw new AppError("INVALID_STATE", { object: "vm", state: vm.status, move });
  return to;
}

/** The operation under way where the state stays what it is. */
export async function holdVm(tx: Tx, vmId: string, eventId: string): Promise<void> {
  await tx.vm.update({
    where: { id: vmId },
    data: { activeEventId: eventId, statusMessage: null },
    select: { id: true },
  });
}

/** It is over; another one that has taken its place goes on. */
export async function releaseVm(tx: Tx, vmId: string, eventId: string): Promise<void> {
  await tx.vm.updateMany({ where: { id: vmId, activeEventId: eventId }, data: { activeEventId: null } });
}

/** False where it was noted before, by a worker that did not come back with an answer. */
export async function noteCall(tx: Tx, eventId: string): Promise<boolean> {
  const { count } = await tx.powerCall.createMany({ data: [{ eventId }], skipDuplicates: true });
  return count > 0;
}

/** The call has its answer, or certainly changed nothing, or nobody waits for it any more. */
export async function forgetCall(tx: Tx, eventId: string): Promise<void> {
  await tx.powerCall.deleteMany({ where: { eventId } });
}
