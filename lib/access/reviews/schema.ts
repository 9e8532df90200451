import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { resourceRoles } from "@/lib/vocabulary/permissions";
import { memberSources, resourceTypes } from "@/lib/access/members/schema";
import { bindingSources, id } from "@/lib/access/schema";

/** A platform role, or a role on a System or something in it. */
export const accessKinds = ["role", "member"] as const;

export const accessFilter = pageQuery.extend({
  /** Absent: the whole platform. */
  systemId: id.optional(),
  kind: z.enum(accessKinds).optional(),
  /** A part of a user name or a name. */
  q: z.string().trim().max(100).optional(),
  userId: id.optional(),
  /** A platform role's id, or a role on a System. */
  role: z.union([z.enum(resourceRoles), id]).optional(),
  source: z.enum([...bindingSources, ...memberSources.filter((source) => source !== "manual")]).optional(),
  /** Neither given nor confirmed within so many days. */
  notReviewedDays: z.coerce.number().int().min(0).max(3650).optional(),
  /** Ends within so many days. */
  expiringDays: z.coerce.number().int().min(0).max(3650).optional(),
  /** Of people who were not here for so many days. */
  inactiveDays: z.coerce.number().int().min(0).max(3650).optional(),
});

const accessRow = z.object({
  id: z.string(),
  kind: z.enum(accessKinds),
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  userEnabled: z.boolean(),
  isService: z.boolean(),
  /** A platform role's display name, or owner, admin, member, viewer. */
  roleId: z.string(),
  roleName: z.string(),
  environments: z.array(z.string()),
  /** What it is on; all null: everywhere. */
  systemId: z.string().nullable(),
  systemName: z.string().nullable(),
  resourceType: z.enum(resourceTypes).nullable(),
  resourceId: z.string().nullable(),
  resourceName: z.string().nullable(),
  since: z.date(),
  source: z.string(),
  /** The directory groups it comes from, as "provider: group". */
  cohorts: z.array(z.string()),
  ticketId: z.string().nullable(),
  grantedByName: z.string(),
  expiresAt: z.date().nullable(),
  /** The person's latest record on that System; of what is everywhere, their latest use of the portal. */
  lastUsedAt: z.date().nullable(),
  /** The person's latest use of the portal, by a session or a token. */
  lastActiveAt: z.date().nullable(),
  reviewedAt: z.date().nullable(),
  reviewedByName: z.string().nullable(),
});
export const accessPage = pageOf(accessRow);

/** One line of the review; on a System's own review the System is named and has to be its. */
export const accessInput = z.strictObject({
  kind: z.enum(accessKinds),
  id,
  systemId: id.optional(),
});

export type AccessFilter = z.output<typeof accessFilter>;
export type AccessRow = z.output<typeof accessRow>;
export type ReviewedAccess = z.output<typeof accessInput>;
