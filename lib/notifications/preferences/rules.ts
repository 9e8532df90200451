import { TZDate } from "@date-fns/tz";
import { notificationKinds, type NotificationKind } from "@/lib/vocabulary/notification-kinds";
import { mailModes, usualMail, type MailMode } from "../rules";

export const digestRhythms = ["off", "daily", "weekly"] as const;
type DigestRhythm = (typeof digestRhythms)[number];

export interface DigestChoice {
  digest: DigestRhythm;
  digestHour: number;
  digestWeekday: number;
  timeZone: string;
}

export const usualDigest: DigestChoice = {
  digest: "daily",
  digestHour: 8,
  digestWeekday: 1,
  timeZone: "UTC",
};

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** By kind: what was chosen, else what is usual. */
export function mailChoices(stored: unknown): Record<NotificationKind, MailMode> {
  const chosen = stored !== null && typeof stored === "object" ? new Map(Object.entries(stored)) : new Map();
  const pick = (kind: NotificationKind) =>
    mailModes.find((mode) => mode === chosen.get(kind)) ?? usualMail[kind];
  // The kinds are the keys and nothing else is.
  return Object.fromEntries(notificationKinds.map((kind) => [kind, pick(kind)])) as Record<
    NotificationKind,
    MailMode
  >;
}

export function digestKinds(mail: Record<NotificationKind, MailMode>): NotificationKind[] {
  return notificationKinds.filter((kind) => mail[kind] === "digest");
}

const daysAWeek = 7;

/** The next time the person's clock shows the hour, strictly after now; null where no digest is wanted. */
export function nextDigestAt(choice: DigestChoice, now: Date): Date | null {
  if (choice.digest === "off") return null;
  const today = new TZDate(now.getTime(), choice.timeZone);
  for (let days = 0; days <= daysAWeek; days += 1) {
    // An hour that a day skips is the one after it, and one that a day has twice is the first.
    const day = new TZDate(
      today.getFullYear(),
      today.getMonth(),
      today.getDate() + days,
      choice.digestHour,
      0,
      0,
      choice.timeZone,
    );
    const isItsDay = choice.digest === "daily" || (day.getDay() || daysAWeek) === choice.digestWeekday;
    if (isItsDay && day.getTime() > now.getTime()) return new Date(day.getTime());
  }
  return null;
}
