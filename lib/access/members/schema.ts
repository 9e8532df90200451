import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { resourceRoles, type ResourceRole } from "@/lib/vocabulary/permissions";
import { endTime, id } from "@/lib/access/schema";

/** On what a person can have a role; the nearest one counts (spec §3). */
export const resourceTypes = ["system", "service", "vm"] as const;
export type ResourceType = (typeof resourceTypes)[number];

/** Where such a role came from. */
export const memberSources = ["creator", "manual", "transfer", "request", "emergency"] as const;
export type MemberSource = (typeof memberSources)[number];

/** The System itself unless a service or a machine in it is named. */
const placeShape = {
  systemId: id,
  resourceType: z.enum(resourceTypes).default("system"),
  /** Needed for a service or a machine. */
  resourceId: id.optional(),
};
const role = z.enum(resourceRoles);

export const addMemberInput = z.strictObject({
  ...placeShape,
  userId: id,
  role,
  /** Absent or null: without an end. */
  expiresAt: endTime.nullable().optional(),
});
/** Absent members stay as they are. */
export const changeMemberInput = z.strictObject({
  ...placeShape,
  userId: id,
  role: role.optional(),
  expiresAt: endTime.nullable().optional(),
});
export const removeMemberInput = z.strictObject({ ...placeShape, userId: id });
export const transferOwnershipInput = z.strictObject({
  systemId: id,
  userId: id,
  /** What the former owner is afterwards. */
  remainAs: z.enum(["admin", "member", "viewer", "nothing"]).default("admin"),
});

export const memberFilter = pageQuery.extend(placeShape);
const memberRow = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  userEnabled: z.boolean(),
  /** A program's account. */
  isService: z.boolean(),
  role,
  /** Where the role stands: on what was asked about, or on what that lies in. */
  resourceType: z.enum(resourceTypes),
  resourceId: z.string(),
  resourceName: z.string(),
  isInherited: z.boolean(),
  since: z.date(),
  expiresAt: z.date().nullable(),
  source: z.enum(memberSources),
  ticketId: z.string().nullable(),
  grantedByName: z.string(),
});
export const memberPage = pageOf(memberRow);

export const candidateFilter = z.strictObject({ ...placeShape, q: z.string().trim().min(1).max(64) });
const candidateRow = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  isService: z.boolean(),
});
export const candidateList = z.object({ items: z.array(candidateRow) });

/** What the reader may do with the members of a System. */
export interface MemberPowers {
  /** Null for platform administrators without a role here. */
  role: ResourceRole | null;
  canManage: boolean;
  /** Which roles the reader may give; people with other roles they may not touch. */
  grantable: ResourceRole[];
  canTransfer: boolean;
}

export type AddMember = z.output<typeof addMemberInput>;
export type ChangeMember = z.output<typeof changeMemberInput>;
export type RemoveMember = z.output<typeof removeMemberInput>;
export type TransferOwnership = z.output<typeof transferOwnershipInput>;
export type MemberFilter = z.output<typeof memberFilter>;
export type MemberRow = z.output<typeof memberRow>;
export type CandidateFilter = z.output<typeof candidateFilter>;
export type CandidateRow = z.output<typeof candidateRow>;
