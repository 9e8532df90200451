import { inTransaction, type Tx } from "@/lib/core/transaction";
import { newId } from "@/lib/core/ids";
import { lockUsage, measureMachine, type MeasuredMachine } from "./store";

/**
 * A machine that nobody asked for here, adopted or imported, takes its room all the same, over the limit if need be: it
 * exists. One that has become another than was counted is counted anew. Doing it twice changes nothing.
 */
export async function holdMachine({ vmId }: { vmId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const vm = await measureMachine(tx, vmId);
    if (vm === null || !vm.isStanding) return;
    await lockUsage(tx, vm);
    const held = await tx.reservation.findFirst({
      where: {
        state: { not: "RELEASED" },
        OR: [{ vmId, state: "KEPT" }, ...(vm.ticketId === null ? [] : [{ ticketId: vm.ticketId }])],
      },
      orderBy: { state: "desc" },
      select: { id: true, state: true },
    });
    if (held === null) return keepMachine(tx, vmId, vm);
    if (held.state === "HELD") return;
    await tx.reservation.update({ where: { id: held.id }, data: vm.demand, select: { id: true } });
  });
}

async function keepMachine(tx: Tx, vmId: string, vm: MeasuredMachine): Promise<void> {
  const { systemId, environment, clusterId } = vm;
  await tx.reservation.create({
    data: { id: newId(), vmId, systemId, environment, clusterId, state: "KEPT", ...vm.demand },
    select: { id: true },
  });
}
