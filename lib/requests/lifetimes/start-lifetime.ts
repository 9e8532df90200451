import type { Tx } from "@/lib/core/transaction";
import { endOfLife } from "./rules";
import { readLimits } from "./store";

/** A step: a machine that is made gets its end, where it asks for one or its environment has one. */
export async function startLifetime(
  tx: Tx,
  now: Date,
  vm: { id: string; environment: string; wishedDays: number | undefined },
): Promise<void> {
  const expiresAt = endOfLife(now, await readLimits(tx, vm.environment), vm.wishedDays);
  if (expiresAt === null) return;
  await tx.vmLifetime.create({ data: { vmId: vm.id, expiresAt }, select: { vmId: true } });
}
