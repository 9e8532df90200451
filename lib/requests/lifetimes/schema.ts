import { z } from "zod";

const id = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(2_000);
const days = z.coerce.number().int().min(1).max(3_650);

export const lifetimeStates = ["running", "stopped", "grace", "deleting"] as const;
export const scheduleActions = ["start", "stop"] as const;
export const scheduleOutcomes = ["done", "skipped", "missed", "refused"] as const;

export const extendVmInput = z.strictObject({ vmId: id, days });
export type ExtendVm = z.output<typeof extendVmInput>;

/** Beyond what one click gives: somebody decides. */
export const requestExtensionInput = z.strictObject({ vmId: id, days, reason });
export type RequestExtension = z.output<typeof requestExtensionInput>;

export const protectVmInput = z.strictObject({
  vmId: id,
  protected: z.union([z.boolean(), z.stringbool()]),
  /** The machine's name, typed, where its protection goes. */
  confirmName: z.string().max(100).optional(),
});
export type ProtectVm = z.output<typeof protectVmInput>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
const timeZone = z.string().min(1).max(64).refine(isTimeZone, "unknown_time_zone");

export const scheduleEntry = z.strictObject({
  action: z.enum(scheduleActions),
  /** Monday is 1. */
  weekdays: z.array(z.coerce.number().int().min(1).max(7)).min(1).max(7),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "not_a_time"),
});
export type ScheduleEntry = z.output<typeof scheduleEntry>;
export const scheduleEntries = z.array(scheduleEntry).min(1).max(14);

export const requestScheduleInput = z.strictObject({
  vmId: id,
  timeZone,
  entries: scheduleEntries,
  reason: z.string().trim().max(2_000).default(""),
});
export type RequestSchedule = z.output<typeof requestScheduleInput>;

const timeOfDay = scheduleEntry.shape.time.optional();

/** As a form has it: on these days up at one hour, down at another. */
export const requestScheduleForm = z
  .strictObject({
    vmId: id,
    timeZone,
    weekdays: scheduleEntry.shape.weekdays,
    startTime: timeOfDay,
    stopTime: timeOfDay,
    reason: requestScheduleInput.shape.reason,
  })
  .refine(({ startTime, stopTime }) => startTime !== undefined || stopTime !== undefined, {
    path: ["stopTime"],
    message: "required",
  });

export const vmScheduleInput = z.strictObject({ vmId: id });
export type VmSchedule = z.output<typeof vmScheduleInput>;
export const pauseScheduleInput = vmScheduleInput.extend({
  /** Null: it goes on now. */
  until: z.coerce.date().nullable(),
});
export type PauseSchedule = z.output<typeof pauseScheduleInput>;

export const environmentLifetimeShape = z.strictObject({
  environment: z.string().min(1).max(60),
  /** Null: without an end. */
  defaultDays: days.nullable(),
  longestDays: days.nullable(),
  graceDays: z.coerce.number().int().min(0).max(365),
});
/** Checked again by the use case, because the door's body has no name in it. */
export const environmentLifetimeInput = environmentLifetimeShape.refine(isInOrder, {
  path: ["defaultDays"],
  message: "above_longest",
});
export type EnvironmentLifetime = z.output<typeof environmentLifetimeShape>;

export function isInOrder({
  defaultDays,
  longestDays,
}: {
  defaultDays: number | null;
  longestDays: number | null;
}) {
  return defaultDays === null || longestDays === null || defaultDays <= longestDays;
}

export const scheduleView = z.object({
  timeZone: z.string(),
  entries: z.array(scheduleEntry),
  pausedUntil: z.date().nullable(),
  nextAt: z.date().nullable(),
  nextAction: z.enum(scheduleActions).nullable(),
  lastAt: z.date().nullable(),
  lastOutcome: z.enum(scheduleOutcomes).nullable(),
});

export const lifetimeView = z.object({
  vmId: z.string(),
  vmName: z.string(),
  expiresAt: z.date().nullable(),
  state: z.enum(lifetimeStates),
  graceEndsAt: z.date().nullable(),
  protected: z.boolean(),
  /** What one click gives now; null where it gives nothing. */
  extendableDays: z.number().nullable(),
  extensionsLeft: z.number(),
  longestDays: z.number().nullable(),
  /** A longer life or a schedule that waits for a decision. */
  waiting: z.array(z.object({ ticketId: z.string(), operation: z.enum(["EXTEND_VM", "SCHEDULE_VM"]) })),
  schedule: scheduleView.nullable(),
  canOperate: z.boolean(),
  canProtect: z.boolean(),
});
export type LifetimeView = z.output<typeof lifetimeView>;
