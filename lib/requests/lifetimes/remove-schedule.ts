import type { Context } from "@/lib/core/context";
import { changeSchedule } from "./change-schedule";
import type { VmSchedule } from "./schema";

export function removeSchedule(ctx: Context, { vmId }: VmSchedule): Promise<void> {
  return changeSchedule(ctx, vmId, "remove", () => null);
}
