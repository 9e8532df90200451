import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";

/**
 * A step, after a way to sign in was closed: somebody who administers the platform has to be able to come in by another.
 * The lock is the one under which administrators change.
 * @throws LAST_ADMINISTRATOR
 */
export async function requireAdministratorReachable(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('platform administrators'))`;
  const left = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM users u JOIN role_bindings b ON b.user_id = u.id JOIN roles r ON r.id = b.role_id
    JOIN role_permissions p ON p.role_id = r.id LEFT JOIN auth_providers a ON a.id = u.auth_provider_id
    WHERE p.permission = 'platform:admin' AND u.enabled AND r.enabled AND u.auth_type <> 'service'
      AND (u.auth_provider_id IS NULL OR a.enabled) AND b.expires_at IS NULL AND b.scope_id IS NULL LIMIT 1`;
  if (left.length === 0) throw new AppError("LAST_ADMINISTRATOR");
}
