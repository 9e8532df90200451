import { refuse, type SamlReason } from "./refusal";

export interface Clock {
  now: Date;
  skewSeconds: number;
}

const universalTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|\+00:00)$/;

/** SAML writes its times in UTC only. */
export function readInstant(text: string, reason: SamlReason): Date {
  const instant = new Date(universalTime.test(text) ? text : Number.NaN);
  return Number.isNaN(instant.getTime()) ? refuse(reason, "not a time in UTC") : instant;
}

export function notInFuture(instant: Date, clock: Clock): void {
  if (instant.getTime() > clock.now.getTime() + clock.skewSeconds * 1000)
    refuse("not_yet_valid", `not before ${instant.toISOString()}`);
}

/** The moment it ends, with the skew that is granted. */
export function notEnded(instant: Date, clock: Clock): Date {
  const end = new Date(instant.getTime() + clock.skewSeconds * 1000);
  if (clock.now.getTime() >= end.getTime()) refuse("expired", `ended at ${instant.toISOString()}`);
  return end;
}
