import { resourceRoles, type ResourceRole } from "@/lib/vocabulary/permissions";

/** Platform administrators stand above every role on a System. */
export type Manager = ResourceRole | "administrator" | null;

/** Which roles somebody may give, change and take; owners are left to owners (spec §3). */
export function grantableRoles(manager: Manager): ResourceRole[] {
  if (manager === "owner" || manager === "administrator") return [...resourceRoles];
  if (manager === "admin") return resourceRoles.filter((role) => role !== "owner");
  return [];
}
