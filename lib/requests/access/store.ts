import { Prisma } from "@/prisma/generated/client";
import { isPlatformAdmin } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { HeldRole } from "./rules";
import type { AskableRow } from "./schema";

const isLive = Prisma.sql`(m.expires_at IS NULL OR m.expires_at > now())`;

/** Systems the actor may know of: on which, or on something of which, they have a role, and the listed ones. */
function systemIsKnown(ctx: Context): Prisma.Sql {
  return Prisma.sql`(y.listed OR ${isPlatformAdmin(ctx)} OR y.id IN (
    SELECT coalesce(s.system_id, vs.system_id, m.resource_id) FROM resource_role_bindings m
    LEFT JOIN services s ON m.resource_type = 'service' AND s.id = m.resource_id
    LEFT JOIN vms v ON m.resource_type = 'vm' AND v.id = m.resource_id LEFT JOIN services vs ON vs.id = v.service_id
    WHERE m.user_id = ${actorId(ctx.actor)} AND ${isLive}))`;
}

/** The Systems one may ask a role on, as a statement that further conditions are put to. */
export function selectAskable(ctx: Context): Prisma.Sql {
  return Prisma.sql`SELECT y.id, y.name, m.role AS "heldRole", m.expires_at AS "heldUntil"
    FROM systems y LEFT JOIN resource_role_bindings m ON m.user_id = ${actorId(ctx.actor)}
      AND m.resource_type = 'system' AND m.resource_id = y.id AND ${isLive}
    WHERE ${systemIsKnown(ctx)}`;
}

/** A System one may not know of answers like one that does not exist. */
export async function findAskable(tx: Tx, ctx: Context, systemId: string): Promise<AskableRow> {
  const rows = await tx.$queryRaw<AskableRow[]>`${selectAskable(ctx)} AND y.id = ${systemId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

/** Holds the System and the person against being removed while a role is given, and says what they have there now. */
export async function lockSeat(tx: Tx, seat: { systemId: string; userId: string }): Promise<HeldRole | null> {
  const systems = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM systems WHERE id = ${seat.systemId} FOR NO KEY UPDATE`;
  if (systems.length === 0)
    throw new AppError("INVALID_STATE", { object: "system", state: "deleted", move: "approve" });
  const people = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM users WHERE id = ${seat.userId} AND enabled FOR SHARE`;
  if (people.length === 0)
    throw new AppError("INVALID_STATE", { object: "user", state: "disabled", move: "approve" });
  const held = await tx.$queryRaw<HeldRole[]>`
    SELECT m.role, m.expires_at AS until FROM resource_role_bindings m
    WHERE m.user_id = ${seat.userId} AND m.resource_type = 'system' AND m.resource_id = ${seat.systemId}
      AND ${isLive} FOR UPDATE`;
  return held[0] ?? null;
}
