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
