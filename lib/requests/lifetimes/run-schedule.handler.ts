import { platformContext, type Context } from "@/lib/core/context";
import { atDatabaseTime } from "@/lib/core/database-time";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { openRequest } from "../open-request";
import { lateSecondsMax, nextRun } from "./rules";
import { scheduleEntries } from "./schema";
import { lockLifetime } from "./store";

type Outcome = "done" | "skipped" | "missed" | "refused";

/** The run that is due, once; the next one is set in the same transaction. */
export async function runSchedule({ vmId }: { vmId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const ctx = await atDatabaseTime(tx, platformContext("schedule"));
    const { vmStatus } = await lockLifetime(tx, vmId);
    const schedule = await tx.powerSchedule.findUnique({ where: { vmId } });
    if (schedule?.nextAt == null || schedule.nextAt > ctx.now) return;
    const due = { vmId, at: schedule.nextAt, action: schedule.nextAction, vmStatus };
    const next = nextRun(scheduleEntries.parse(schedule.entries), schedule.timeZone, ctx.now);
    await tx.powerSchedule.update({
      where: { vmId },
      data: {
        lastAt: schedule.nextAt,
        lastOutcome: await runOnce(tx, ctx, due),
        nextAt: next?.at ?? null,
        nextAction: next?.action ?? null,
      },
      select: { vmId: true },
    });
  });
}

interface DueRun {
  vmId: string;
  at: Date;
  action: string | null;
  vmStatus: string;
}

/** A machine that is already there is left alone; a run that comes too late is not made up for. */
async function runOnce(tx: Tx, ctx: Context, { vmId, at, action, vmStatus }: DueRun): Promise<Outcome> {
  if (ctx.now.getTime() - at.getTime() > lateSecondsMax * 1_000) return "missed";
  const starts = action === "start";
  if (starts ? vmStatus !== "STOPPED" : !["RUNNING", "PAUSED"].includes(vmStatus)) return "skipped";
  await tx.$executeRaw`SAVEPOINT before_run`;
  try {
    const operation = starts ? ("START_VM" as const) : ("STOP_VM" as const);
    await openRequest(tx, ctx, { operation, vmId, reason: "" }, { rule: "schedule" });
    return "done";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_run`;
    return "refused";
  }
}
