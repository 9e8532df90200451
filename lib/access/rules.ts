import { AppError } from "@/lib/core/errors";
import {
  platformAdmin,
  resourceRoles,
  type Permission,
  type ResourceRole,
} from "@/lib/vocabulary/permissions";

/** One permission through one binding; a null scope id means everywhere. */
export interface Grant {
  permission: string;
  scopeId: string | null;
  environments: string[];
}

/** What the database says about a person and one resource. */
export interface Standing {
  enabled: boolean;
  mustChangePassword: boolean;
  grants: Grant[];
  role: ResourceRole | null;
}

/**
 * What the permission is needed for. `role` asks for at least that role on the System, service or VM named;
 * `environment` asks that the granting binding allows it.
 */
export interface Scope {
  systemId?: string;
  serviceId?: string;
  vmId?: string;
  environment?: string;
  role?: ResourceRole;
}

/** The check of spec §3, in its order; throws what the person may know. */
export function requireStanding(standing: Standing | null, permission: Permission, scope: Scope): void {
  if (standing === null || !standing.enabled) throw new AppError("UNAUTHORIZED");
  if (standing.mustChangePassword) throw new AppError("PASSWORD_CHANGE_REQUIRED");
  if (standing.grants.some((grant) => grant.permission === platformAdmin)) return;
  // Without any role the thing does not exist for this person, whatever their permissions are.
  if (scope.role !== undefined && standing.role === null) throw new AppError("RESOURCE_NOT_FOUND");
  if (!standing.grants.some((grant) => grantCovers(grant, permission, scope))) {
    throw new AppError("PERMISSION_DENIED", withoutUndefined({ permission, environment: scope.environment }));
  }
  if (scope.role !== undefined && !roleSuffices(standing.role, scope.role)) {
    throw new AppError("PERMISSION_DENIED", {
      permission,
      roleNeeded: scope.role,
      roleHeld: standing.role,
      systemId: scope.systemId,
    });
  }
}

function grantCovers(grant: Grant, permission: Permission, scope: Scope): boolean {
  if (grant.permission !== permission) return false;
  if (grant.scopeId !== null && grant.scopeId !== scope.systemId) return false;
  return scope.environment === undefined || grant.environments.includes(scope.environment);
}

export function roleSuffices(held: ResourceRole | null, needed: ResourceRole): boolean {
  return held !== null && resourceRoles.indexOf(held) <= resourceRoles.indexOf(needed);
}

function withoutUndefined(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
