import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { nextRun } from "./rules";
import { scheduleEntries } from "./schema";
import { lockLifetime } from "./store";

interface Change {
  pausedUntil?: Date | null;
  nextAt: Date | null;
  nextAction: string | null;
}

type Schedule = NonNullable<Awaited<ReturnType<typeof readSchedule>>>;

/** One change of a machine's schedule by whoever may operate it; null ends it. */
export function changeSchedule(
  ctx: Context,
  vmId: string,
  change: "skip" | "pause" | "remove",
  decide: (schedule: Schedule) => Change | null,
): Promise<void> {
  return inTransaction(async (tx) => {
    const life = await lockLifetime(tx, vmId);
    const { systemId, serviceId, environment } = life;
    await authorize(tx, ctx, "vm:operate", { systemId, serviceId, vmId, environment, role: "member" });
    const schedule = await readSchedule(tx, vmId);
    if (schedule === null) throw new AppError("RESOURCE_NOT_FOUND");
    const wanted = decide(schedule);
    if (wanted === null) await tx.powerSchedule.delete({ where: { vmId }, select: { vmId: true } });
    else await tx.powerSchedule.update({ where: { vmId }, data: wanted, select: { vmId: true } });
    await recordAudit(tx, ctx, {
      action: "vm.schedule",
      resource: { type: "vm", id: vmId, name: life.vmName },
      parent: { type: "system", id: systemId },
      environment,
      details: { change, before: { nextAt: schedule.nextAt, nextAction: schedule.nextAction }, ...wanted },
    });
  });
}

function readSchedule(tx: Tx, vmId: string) {
  return tx.powerSchedule.findUnique({ where: { vmId } });
}

export function runAfter(schedule: Schedule, after: Date): Change {
  const next = nextRun(scheduleEntries.parse(schedule.entries), schedule.timeZone, after);
  return { nextAt: next?.at ?? null, nextAction: next?.action ?? null };
}
