import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { isAuthorized } from "./authorize";
import type { DenialExplanation, ExplainDenial } from "./schema";
import { systemIsVisible } from "./visible";

const giversMax = 5;

type Giver = DenialExplanation["givers"][number];

/** Which of both is missing, permission or role, on what, and whom to ask; nothing of a System that is not visible. */
export async function explainDenial(ctx: Context, denied: ExplainDenial): Promise<DenialExplanation> {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  const { permission, systemId, environment } = denied;
  const scope = {
    ...(systemId === undefined ? {} : { systemId }),
    ...(environment === undefined ? {} : { environment }),
  };
  const hasPermission = await isAuthorized(db(), ctx, permission, scope);
  const missing = hasPermission && denied.roleNeeded !== undefined ? "role" : "permission";
  const system = await findVisibleSystem(ctx, systemId);
  const managers = missing === "role" && system !== null ? await listManagers(system.id) : [];
  return {
    missing,
    systemId: system?.id ?? null,
    systemName: system?.name ?? null,
    givers: managers.length > 0 ? managers : await listRoleGivers(),
  };
}

async function findVisibleSystem(ctx: Context, systemId: string | undefined) {
  if (systemId === undefined) return null;
  const rows = await db().$queryRaw<{ id: string; name: string }[]>`
    SELECT s.id, s.name FROM systems s WHERE s.id = ${systemId}
      AND ${systemIsVisible(ctx, Prisma.sql`s.id`)}`;
  return rows[0] ?? null;
}

function listManagers(systemId: string): Promise<Giver[]> {
  return db().$queryRaw<Giver[]>`
    SELECT u.display_name AS "displayName", u.username
    FROM resource_role_bindings m JOIN users u ON u.id = m.user_id AND u.enabled AND u.auth_type <> 'service'
    WHERE m.resource_type = 'system' AND m.resource_id = ${systemId} AND m.role IN ('owner', 'admin')
      AND (m.expires_at IS NULL OR m.expires_at > now())
    ORDER BY m.role DESC, u.username LIMIT ${giversMax}`;
}

/** Those whose task it is come before those who may do everything. */
function listRoleGivers(): Promise<Giver[]> {
  return db().$queryRaw<Giver[]>`
    SELECT u.display_name AS "displayName", u.username
    FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = r.id AND p.permission IN ('rbac:manage', 'platform:admin')
    JOIN users u ON u.id = b.user_id AND u.enabled AND u.auth_type <> 'service'
    WHERE b.scope_id IS NULL AND (b.expires_at IS NULL OR b.expires_at > now())
    GROUP BY u.id ORDER BY bool_or(p.permission = 'rbac:manage') DESC, u.username LIMIT ${giversMax}`;
}
