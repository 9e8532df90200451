import { z } from "zod";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import { deliveryLocales, mailModes } from "../rules";
import { digestRhythms, isTimeZone } from "./rules";

const timeZone = z.string().max(64).refine(isTimeZone, "not_found");

export const setPreferencesInput = z.strictObject({
  /** Kinds left out keep what they have. */
  mail: z.partialRecord(z.enum(notificationKinds), z.enum(mailModes)).default({}),
  digest: z.enum(digestRhythms),
  digestHour: z.coerce.number().int().min(0).max(23),
  /** 1 is Monday. */
  digestWeekday: z.coerce.number().int().min(1).max(7),
  timeZone,
  locale: z.enum(deliveryLocales),
});

export const noticePreferences = z.object({
  mail: z.record(z.enum(notificationKinds), z.enum(mailModes)),
  digest: z.enum(digestRhythms),
  digestHour: z.number(),
  digestWeekday: z.number(),
  timeZone: z.string(),
  locale: z.enum(deliveryLocales),
  nextDigestAt: z.date().nullable(),
  /** Where mail goes; null where the person has no address. */
  address: z.string().nullable(),
  isMailOn: z.boolean(),
});

export type SetPreferences = z.output<typeof setPreferencesInput>;
export type NoticePreferences = z.output<typeof noticePreferences>;
