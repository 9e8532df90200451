import { z } from "zod";
import { operations } from "@/lib/vocabulary/operations";

/** Not before this moment; whether it lies ahead is asked when it is submitted. */
export const startAt = z.iso.datetime({ offset: true });

/** What waits for windows: everything that changes a machine. Looking at one and asking for room never does. */
export const calendarOperation = z
  .enum(operations)
  .exclude(["VNC_ACCESS", "EXTEND_VM", "SCHEDULE_VM", "INCREASE_QUOTA"]);
export const calendarOperations = calendarOperation.options;

export const holdReason = z.object({
  kind: z.enum(["scheduled", "window", "freeze"]),
  name: z.string().nullable(),
});

/** When something approved would begin, and what it would wait for. */
export const openingShape = z.object({ at: z.date(), reason: holdReason.nullable() });
export type OpeningShown = z.output<typeof openingShape>;

const id = z.string().min(1).max(64);
const environment = z.string().min(1).max(60);
const chosenOperations = z.array(calendarOperation).max(calendarOperations.length).default([]);
const revision = z.number().int().min(1).optional();

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const windowFields = {
  name: z.string().trim().min(1).max(80),
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, "duplicate"),
  startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "invalid_time"),
  durationMinutes: z.number().int().min(5).max(10_080),
  timeZone: z.string().min(1).max(60).refine(isTimeZone, "unknown_time_zone"),
  operations: chosenOperations,
  enabled: z.boolean().default(true),
};

export const addWindowInput = z.strictObject({ environment, ...windowFields });
export type AddWindow = z.output<typeof addWindowInput>;
export const updateWindowInput = z.strictObject({ windowId: id, ...windowFields, revision });
export type UpdateWindow = z.output<typeof updateWindowInput>;
export const removeWindowInput = z.strictObject({ windowId: id });
export type RemoveWindow = z.output<typeof removeWindowInput>;

const freezeFields = {
  /** Null freezes every environment. */
  environment: environment.nullable().default(null),
  reason: z.string().trim().min(1).max(200),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  operations: chosenOperations,
};

export const addFreezeInput = z.strictObject(freezeFields);
export type AddFreeze = z.output<typeof addFreezeInput>;
export const updateFreezeInput = z.strictObject({ freezeId: id, ...freezeFields, revision });
export type UpdateFreeze = z.output<typeof updateFreezeInput>;
export const removeFreezeInput = z.strictObject({ freezeId: id });
export type RemoveFreeze = z.output<typeof removeFreezeInput>;

export const windowRow = z.object({
  id: z.string(),
  environment: z.string(),
  name: z.string(),
  weekdays: z.array(z.number()),
  startsAt: z.string(),
  durationMinutes: z.number(),
  timeZone: z.string(),
  operations: z.array(z.string()),
  enabled: z.boolean(),
  revision: z.number(),
});
export type WindowRow = z.output<typeof windowRow>;

export const freezeRow = z.object({
  id: z.string(),
  environment: z.string().nullable(),
  reason: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  operations: z.array(z.string()),
  revision: z.number(),
});
export type FreezeRow = z.output<typeof freezeRow>;

/** After a change of the calendar: how many approved requests wait now. */
export const calendarChange = z.object({ id: z.string(), heldBack: z.number() });
export type CalendarChange = z.output<typeof calendarChange>;

/** Something on the calendar, between two moments. */
export const calendarEntry = z.object({
  kind: z.enum(["window", "freeze", "request"]),
  id: z.string(),
  title: z.string(),
  environment: z.string().nullable(),
  from: z.date(),
  to: z.date().nullable(),
  /** Of a request: what it does, and to which machine. */
  operation: z.string().nullable(),
  resourceName: z.string().nullable(),
  systemName: z.string().nullable(),
});
export type CalendarEntry = z.output<typeof calendarEntry>;

/** A stretch of time, at most as long as a calendar shows at once. */
export interface CalendarQuestion {
  from: Date;
  to: Date;
  environment?: string | undefined;
}

const daysMax = 100;
export const calendarFilter = z
  .strictObject({ from: z.coerce.date(), to: z.coerce.date(), environment: z.string().max(60).optional() })
  .refine(({ from, to }) => from < to && to.getTime() - from.getTime() <= daysMax * 86_400_000, {
    path: ["to"],
    error: "too_large",
  });
export const calendarAnswer = z.object({ items: z.array(calendarEntry) });

export const feedState = z.object({ createdAt: z.date(), lastReadAt: z.date().nullable() }).nullable();
/** Shown once: who has the address sees the calendar. */
export const issuedFeed = z.object({ path: z.string() });
