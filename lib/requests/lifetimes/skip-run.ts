import type { Context } from "@/lib/core/context";
import { changeSchedule, runAfter } from "./change-schedule";
import type { VmSchedule } from "./schema";

/** The next run is left out, once. */
export function skipRun(ctx: Context, { vmId }: VmSchedule): Promise<void> {
  return changeSchedule(ctx, vmId, "skip", (schedule) => runAfter(schedule, schedule.nextAt ?? ctx.now));
}
