import type { Context } from "@/lib/core/context";
import { changeSchedule, runAfter } from "./change-schedule";
import type { PauseSchedule } from "./schema";

/** No run until then; without a time it goes on now. */
export function pauseSchedule(ctx: Context, { vmId, until }: PauseSchedule): Promise<void> {
  return changeSchedule(ctx, vmId, "pause", (schedule) => ({
    pausedUntil: until,
    ...runAfter(schedule, until !== null && until > ctx.now ? until : ctx.now),
  }));
}
