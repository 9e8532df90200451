import type { Person, TokenReach } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import {
  platformAdmin,
  resourceRoles,
  type Permission,
  type ResourceRole,
} from "@/lib/vocabulary/permissions";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";

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
  // Within one System nobody administers the platform.
  if (standing.grants.some(({ permission: held, scopeId }) => held === platformAdmin && scopeId === null))
    return;
  // Without any role the thing does not exist for this person, whatever their permissions are.
  if (scope.role !== undefined && standing.role === null) throw new AppError("RESOURCE_NOT_FOUND");
  if (!standing.grants.some((grant) => grantCovers(grant, permission, scope))) {
    throw new AppError("PERMISSION_DENIED", denial(permission, scope));
  }
  if (scope.role !== undefined && !roleSuffices(standing.role, scope.role)) {
    throw new AppError("PERMISSION_DENIED", {
      ...denial(permission, scope),
      roleNeeded: scope.role,
      roleHeld: standing.role,
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

const stepCodes = {
  verify_mfa: "MFA_REQUIRED",
  change_password: "PASSWORD_CHANGE_REQUIRED",
  enroll_mfa: "MFA_REQUIRED",
} as const satisfies Record<SignInStep, string>;

/** What a half-finished sign-in is told. */
export function unfinishedSignIn(step: SignInStep): AppError {
  return new AppError(stepCodes[step], { step, purpose: "sign_in" });
}

/** A token carries only what it was issued for, however much its owner may do (spec §2 api_tokens). */
export function requireCarried(token: TokenReach | null, permission: Permission, scope: Scope): void {
  if (carries(token, permission) && carriesEnvironment(token, scope.environment)) return;
  throw new AppError("PERMISSION_DENIED", { ...denial(permission, scope), reason: "token" });
}

export function carries(token: TokenReach | null, permission: Permission): boolean {
  if (token === null || token.permissions === null) return true;
  return token.permissions.includes(permission) || token.permissions.includes(platformAdmin);
}

function carriesEnvironment(token: TokenReach | null, environment: string | undefined): boolean {
  if (token === null || token.environments === null || environment === undefined) return true;
  return token.environments.includes(environment);
}

/** Whether a second factor was proved lately enough for what asks for one. */
export function isFactorFresh(
  person: Pick<Person, "mfaAt" | "token">,
  now: Date,
  maxAgeMinutes: number,
): boolean {
  if (person.token !== null) return person.token.elevated;
  if (person.mfaAt === null) return false;
  return now.getTime() - person.mfaAt.getTime() <= maxAgeMinutes * 60_000;
}

/** What a denied person may know: which permission, on what, where. */
function denial(permission: Permission, { systemId, environment }: Scope): Record<string, unknown> {
  return {
    permission,
    ...(systemId === undefined ? {} : { systemId }),
    ...(environment === undefined ? {} : { environment }),
  };
}
