import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export interface LockedBinding {
  id: string;
  userId: string;
  username: string;
  roleId: string;
  systemId: string | null;
  environments: string[];
  source: string;
  expiresAt: Date | null;
  /** Whether its role passes every check. */
  isAdministration: boolean;
}

export async function lockBinding(
  tx: Tx,
  { bindingId, userId }: { bindingId: string; userId?: string | undefined },
): Promise<LockedBinding> {
  const rows = await tx.$queryRaw<LockedBinding[]>`
    SELECT b.id, b.user_id AS "userId", u.username, b.role_id AS "roleId", b.scope_id AS "systemId",
      b.allowed_environments AS environments, b.source, b.expires_at AS "expiresAt",
      EXISTS (SELECT FROM role_permissions p WHERE p.role_id = b.role_id AND p.permission = ${platformAdmin})
        AS "isAdministration"
    FROM role_bindings b JOIN users u ON u.id = b.user_id WHERE b.id = ${bindingId} FOR UPDATE OF b`;
  const binding = rows[0];
  if (binding === undefined || (userId !== undefined && binding.userId !== userId))
    throw new AppError("RESOURCE_NOT_FOUND", { type: "role_binding" });
  return binding;
}

/** What a directory gives, only the directory takes: the next sign-in would bring it back. */
export function refuseDirectoryBinding(binding: LockedBinding): void {
  if (binding.source === "external_cohort") throw fieldRefused("bindingId", "from_directory");
}

export function requireFuture(expiresAt: Date | null | undefined, now: Date): void {
  if (expiresAt != null && expiresAt <= now) throw fieldRefused("expiresAt", "in_past");
}

/** Kept from deletion until the caller's transaction ends. */
export async function requireKnownEnvironments(tx: Tx, environments: readonly string[]): Promise<void> {
  const names = [...new Set(environments)];
  const known = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM environments WHERE name = ANY(${names}) FOR KEY SHARE`;
  if (known.length !== names.length) throw fieldRefused("environments", "not_found");
}

/** A change of somebody's roles ends their sessions (spec §5.2). */
export async function endSessions(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`UPDATE users SET session_version = session_version + 1 WHERE id = ${userId}`;
}
