import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { bindingDifferences, writeBindings, writeGrants, type Refreshed } from "./store";

export interface ChangedBinding {
  userId: string;
  username: string;
  roleId: string;
  roleName: string;
  scopeType: string;
  scopeId: string | null;
  /** Null: the role is not held from the provider. */
  before: string[] | null;
  after: string[] | null;
}

/**
 * A step: what people hold from a provider's cohorts becomes what the mappings say of the cohorts last named for them
 * (spec §5.2). Whoever's roles change signs in again, and each is on record with what they gained and lost.
 */
export async function refreshCohortBindings(
  tx: Tx,
  ctx: Context,
  { providerId, userIds }: { providerId: string; userIds: readonly string[] },
): Promise<ChangedBinding[]> {
  const changes = await readDifferences(tx, { providerId, among: { userIds } });
  if (changes.length > 0) await writeBindings(tx, changes);
  await writeGrants(tx, providerId, userIds);
  const changed = [...new Set(changes.map(({ userId }) => userId))];
  await tx.$executeRaw`UPDATE users SET session_version = session_version + 1 WHERE id = ANY(${changed})`;
  for (const userId of changed) {
    await recordChange(
      tx,
      ctx,
      providerId,
      changes.filter((change) => change.userId === userId),
    );
  }
  return changes;
}

function readDifferences(tx: Tx, refreshed: Refreshed): Promise<ChangedBinding[]> {
  return tx.$queryRaw`
    WITH ${bindingDifferences(refreshed)}
    SELECT d.user_id AS "userId", u.username, d.role_id AS "roleId", r.name AS "roleName",
      d.scope_type AS "scopeType", d.scope_id AS "scopeId", d.before, d.after
    FROM difference d JOIN users u ON u.id = d.user_id JOIN roles r ON r.id = d.role_id
    ORDER BY d.user_id, d.role_id, d.scope_id`;
}

async function recordChange(
  tx: Tx,
  ctx: Context,
  providerId: string,
  changes: ChangedBinding[],
): Promise<void> {
  const [first] = changes;
  if (first === undefined) return;
  const shown = ({ roleName, scopeId, before, after }: ChangedBinding) => ({
    role: roleName,
    systemId: scopeId,
    before,
    after,
  });
  await recordAudit(tx, ctx, {
    action: "user.cohorts_change",
    resource: { type: "user", id: first.userId, name: first.username },
    parent: { type: "auth_provider", id: providerId },
    details: {
      gained: changes.filter(({ before }) => before === null).map(shown),
      lost: changes.filter(({ after }) => after === null).map(shown),
      changed: changes.filter(({ before, after }) => before !== null && after !== null).map(shown),
    },
  });
}
