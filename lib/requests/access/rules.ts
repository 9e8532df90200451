import { carries, roleSuffices, unfinishedSignIn } from "@/lib/access/rules";
import type { Actor, Person } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { AskableRole } from "@/lib/vocabulary/askable-roles";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import type { AccessTerms, TermChoices } from "./schema";

const dayMs = 86_400_000;

/** The role somebody has on a System now; without an end it stays until it is taken back. */
export interface HeldRole {
  role: ResourceRole;
  until: Date | null;
}

export function endOf(start: Date, days: number): Date {
  return new Date(start.getTime() + days * dayMs);
}

/** Whether it would give more than the person has: a higher role, or the same one for longer. */
export function givesMore(held: HeldRole | null, wanted: { role: AskableRole; until: Date }): boolean {
  if (held === null || !roleSuffices(held.role, wanted.role)) return true;
  return held.role === wanted.role && held.until !== null && wanted.until > held.until;
}

export function requireMore(held: HeldRole | null, wanted: { role: AskableRole; until: Date }): void {
  if (!givesMore(held, wanted)) throw fieldRefused("role", "already_held");
}

/** Asking takes no permission, only somebody who asks; a token that may not look at Systems may not ask for one. */
export function requireAsker(actor: Actor): Person {
  if (actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  if (actor.pendingStep !== null) throw unfinishedSignIn(actor.pendingStep);
  if (!carries(actor.token, "system:read"))
    throw new AppError("PERMISSION_DENIED", { permission: "system:read", reason: "token" });
  return actor;
}

/** Whoever decides may give a lower role or less time, with a reason that the requester reads; never more. */
export function settleTerms(
  asked: AccessTerms,
  choices: TermChoices & { modificationReason?: string | undefined },
): AccessTerms {
  const { role = asked.role, days = asked.days } = choices;
  if (!roleSuffices(asked.role, role)) throw fieldRefused("role", "above_asked");
  if (days > asked.days) throw fieldRefused("days", "too_large", { maximum: asked.days });
  if (isLess(asked, { role, days }) && !choices.modificationReason)
    throw fieldRefused("modificationReason", "required");
  return { role, days };
}

export function isLess(asked: AccessTerms, given: AccessTerms): boolean {
  return asked.role !== given.role || asked.days !== given.days;
}
