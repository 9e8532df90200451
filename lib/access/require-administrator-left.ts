import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";

/**
 * A step, after a change that may take the platform's administration from somebody: a person who is enabled has to hold
 * it without an end. The lock makes two such changes follow each other, so that the second sees the first.
 * @throws LAST_ADMINISTRATOR
 */
export async function requireAdministratorLeft(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('platform administrators'))`;
  const left = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM users u JOIN role_bindings b ON b.user_id = u.id JOIN roles r ON r.id = b.role_id
    JOIN role_permissions p ON p.role_id = r.id
    WHERE p.permission = 'platform:admin' AND u.enabled AND u.auth_type <> 'service' AND r.enabled
      AND b.expires_at IS NULL AND b.scope_id IS NULL LIMIT 1`;
  if (left.length === 0) throw new AppError("LAST_ADMINISTRATOR");
}
