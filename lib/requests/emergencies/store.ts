import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { FormerRole } from "./rules";

/** The System against being removed meanwhile; to who may not know of it, `authorize` answers before anything is told. */
export async function lockSystem(tx: Tx, systemId: string): Promise<{ id: string; name: string }> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM systems WHERE id = ${systemId} FOR NO KEY UPDATE`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

export async function lockEmergency(tx: Tx, emergencyId: string) {
  await tx.$queryRaw`SELECT 1 FROM emergencies WHERE id = ${emergencyId} FOR UPDATE`;
  const emergency = await tx.emergency.findUnique({ where: { id: emergencyId } });
  if (emergency === null) throw new AppError("RESOURCE_NOT_FOUND");
  return emergency;
}
export type LockedEmergency = Awaited<ReturnType<typeof lockEmergency>>;

/** What the person is on the System now, where an admin's role would be more; null where nothing has to be raised. */
export async function raiseRole(
  tx: Tx,
  seat: { userId: string; systemId: string },
): Promise<FormerRole | null> {
  const rows = await tx.$queryRaw<{ role: string; expiresAt: Date | null; source: string }[]>`
    SELECT role, expires_at AS "expiresAt", source FROM resource_role_bindings
    WHERE user_id = ${seat.userId} AND resource_type = 'system' AND resource_id = ${seat.systemId}
      AND (expires_at IS NULL OR expires_at > now()) FOR UPDATE`;
  const held = rows[0];
  if (held === undefined) return { role: null };
  if (held.role === "owner" || held.role === "admin") return null;
  return { role: held.role, expiresAt: held.expiresAt?.toISOString() ?? null, source: held.source };
}

export async function listSystemKeepers(tx: Tx, systemId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM resource_role_bindings
    WHERE resource_type = 'system' AND resource_id = ${systemId} AND role IN ('owner', 'admin')
      AND source <> 'emergency' AND (expires_at IS NULL OR expires_at > now()) LIMIT 500`;
  return rows.map(({ userId }) => userId);
}
