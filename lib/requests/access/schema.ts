import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { accessDaysMax, askableRoles, type AskableRole } from "@/lib/vocabulary/askable-roles";
import { resourceRoles } from "@/lib/vocabulary/permissions";

const days = z.number().int().min(1).max(accessDaysMax);

/** A role for a time: what is asked for, and what is given in the end. */
export const accessTerms = z.object({ role: z.enum(askableRoles), days });
export type AccessTerms = z.output<typeof accessTerms>;

export const requestAccessInput = z.strictObject({
  systemId: z.string().min(1).max(64),
  role: z.enum(askableRoles),
  days,
  reason: z.string().trim().min(1).max(2_000),
});
export type RequestAccess = z.output<typeof requestAccessInput>;

/** What whoever decides may change of it: less, never more. */
export const termChoices = { role: z.enum(askableRoles).optional(), days: days.optional() };
export type TermChoices = { role?: AskableRole | undefined; days?: number | undefined };

export const askableFilter = pageQuery.extend({
  /** How its name begins. */
  q: z.string().trim().toLowerCase().max(60).optional(),
});
export type AskableFilter = z.output<typeof askableFilter>;

/** A System one may ask a role on, and the role one has there already. */
export const askableRow = z.object({
  id: z.string(),
  name: z.string(),
  heldRole: z.enum(resourceRoles).nullable(),
  heldUntil: z.date().nullable(),
});
export type AskableRow = z.output<typeof askableRow>;
export const askablePage = pageOf(askableRow);
