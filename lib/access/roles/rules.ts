import type { FieldError } from "@/lib/core/errors";
import { permissions, type Permission } from "@/lib/vocabulary/permissions";

/** Names of built-in roles begin like this, those of today and those to come. */
const builtInPrefix = "role-";

export function isReservedRoleName(name: string): boolean {
  return name.startsWith(builtInPrefix);
}

export interface ReadPermissions {
  permissions: Permission[];
  refused: FieldError[];
}

/** Roles name each permission: wildcards, former and unknown ones are refused where they stand. */
export function readPermissions(names: readonly string[]): ReadPermissions {
  const refused = names.flatMap((name, index): FieldError[] => {
    if (isPermission(name)) return [];
    const code = name.includes("*") ? "wildcard" : "not_found";
    return [{ field: `permissions.${index}`, code, params: { permission: name } }];
  });
  return { permissions: [...new Set(names.filter(isPermission))], refused };
}

function isPermission(name: string): name is Permission {
  return permissions.some((permission) => permission === name);
}
