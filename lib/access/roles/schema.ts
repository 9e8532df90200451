import { z } from "zod";
import { namePattern } from "@/lib/core/names";
import { permissions } from "@/lib/vocabulary/permissions";
import { id } from "@/lib/access/schema";

const displayName = z.string().trim().min(1).max(60);
const description = z.string().trim().max(500);
/** Any text, so that a wildcard or a former permission is refused by its own name. */
const permissionNames = z.array(z.string().min(1).max(60)).min(1).max(100);

export const createRoleInput = z.strictObject({
  name: z.string().min(2).max(40).regex(namePattern, "invalid_name"),
  displayName,
  description: description.default(""),
  permissions: permissionNames,
  /** Whoever holds it signs in with a second factor. */
  requireMfa: z.boolean().default(false),
});
const changeable = z.strictObject({
  displayName,
  description,
  permissions: permissionNames,
  requireMfa: z.boolean(),
  enabled: z.boolean(),
});
/** Absent members stay as they are; of a built-in role only `requireMfa` can change. */
export const updateRoleInput = changeable.partial().extend({ roleId: id });
/** As forms send it: empty text is a description too, and a switch that is off sends nothing. */
export const updateRoleForm = changeable.extend({ roleId: id });
export const requireRoleMfaForm = changeable.pick({ requireMfa: true }).extend({ roleId: id });
export const deleteRoleInput = z.strictObject({
  roleId: id,
  confirm: z.union([z.boolean(), z.stringbool()]).optional(),
});

const roleRow = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  isBuiltin: z.boolean(),
  enabled: z.boolean(),
  requireMfa: z.boolean(),
  permissions: z.array(z.enum(permissions)),
  /** People who hold it now. */
  holderCount: z.number(),
  updatedAt: z.date(),
});
export const roleList = z.object({ items: z.array(roleRow) });
export const roleDetail = roleRow.extend({
  bindingCount: z.number(),
  /** Directory groups that give it. */
  mappingCount: z.number(),
  /** Whether the reader may change it, and give it to somebody. */
  canChange: z.boolean(),
  canAssign: z.boolean(),
});
export const createdRole = z.object({ id: z.string(), name: z.string() });

/** One operation that a permission opens. */
const reachedOperation = z.object({ method: z.string(), path: z.string(), summary: z.string() });
const permissionRow = z.object({
  permission: z.enum(permissions),
  /** Whether the reader holds it and so may put it into a role. */
  canGrant: z.boolean(),
  operations: z.array(reachedOperation),
});
const permissionGroupRow = z.object({ group: z.string(), permissions: z.array(permissionRow) });
export const permissionList = z.object({ items: z.array(permissionGroupRow) });

export type CreateRole = z.output<typeof createRoleInput>;
export type UpdateRole = z.output<typeof updateRoleInput>;
export type DeleteRole = z.output<typeof deleteRoleInput>;
export type RoleRow = z.output<typeof roleRow>;
export type RoleDetail = z.output<typeof roleDetail>;
export type PermissionGroupRow = z.output<typeof permissionGroupRow>;
export type ReachedOperation = z.output<typeof reachedOperation>;
