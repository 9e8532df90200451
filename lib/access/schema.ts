import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { permissions, resourceRoles } from "@/lib/vocabulary/permissions";

export const id = z.string().min(1).max(64);
const environmentNames = z.array(z.string().min(1).max(63)).max(50);

/** The end of something: an instant, or a day that still counts to its last moment. */
export const endTime = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text.length === "2000-01-01".length ? `${text}T23:59:59.999Z` : text));

/** Where a person's role came from. */
export const bindingSources = ["seed", "manual", "external_cohort"] as const;

export const assignRoleInput = z.strictObject({
  userId: z.string(),
  roleId: z.string(),
  /** Absent: everywhere. */
  systemId: z.string().optional(),
  environments: environmentNames,
  /** Absent or null: without an end. */
  expiresAt: endTime.nullable().optional(),
});
/** Absent members stay as they are. */
export const changeBindingInput = z.strictObject({
  bindingId: id,
  /** Where it is named, the binding has to be this person's. */
  userId: id.optional(),
  environments: environmentNames.optional(),
  expiresAt: endTime.nullable().optional(),
});
export const revokeRoleInput = z.strictObject({ bindingId: id, userId: id.optional() });

/** One of the three names what the list is about; together they narrow it. */
export const bindingFilter = pageQuery.extend({
  userId: id.optional(),
  roleId: id.optional(),
  systemId: id.optional(),
});
const bindingRow = z.object({
  id: z.string(),
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  userEnabled: z.boolean(),
  roleId: z.string(),
  roleName: z.string(),
  roleDisplayName: z.string(),
  roleEnabled: z.boolean(),
  /** Null: everywhere. */
  systemId: z.string().nullable(),
  systemName: z.string().nullable(),
  environments: z.array(z.string()),
  source: z.enum(bindingSources),
  /** The directory groups it comes from, as "provider: group". */
  cohorts: z.array(z.string()),
  grantedByName: z.string(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  isExpired: z.boolean(),
});
export const bindingPage = pageOf(bindingRow);
export const createdBinding = z.object({ id: z.string() });

/** Who misses what, where: the facts of a PERMISSION_DENIED. */
export const explainDenialInput = z.strictObject({
  permission: z.enum(permissions),
  systemId: id.optional(),
  environment: z.string().max(63).optional(),
  roleNeeded: z.enum(resourceRoles).optional(),
  roleHeld: z.enum(resourceRoles).nullable().optional(),
});
export interface DenialExplanation {
  missing: "permission" | "role";
  /** Both null where the person may not see the System. */
  systemId: string | null;
  systemName: string | null;
  /** Who can give it, five at most. */
  givers: { displayName: string; username: string }[];
}

export type AssignRole = z.output<typeof assignRoleInput>;
export type ChangeBinding = z.output<typeof changeBindingInput>;
export type RevokeRole = z.output<typeof revokeRoleInput>;
export type BindingFilter = z.output<typeof bindingFilter>;
export type BindingRow = z.output<typeof bindingRow>;
export type ExplainDenial = z.output<typeof explainDenialInput>;
