import { Prisma } from "@/prisma/generated/client";
import { systemIsVisible } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { ViewRow } from "./schema";

const listedMax = 100;

/** A person's own views, then those of the Systems they belong to. */
export async function listViews(ctx: Context): Promise<ViewRow[]> {
  return db().$queryRaw<ViewRow[]>(viewsOf(ctx));
}

/** As a statement, so that a page reads them together with something else. */
export function viewsOf(ctx: Context): Prisma.Sql {
  const userId = actorId(ctx.actor);
  return Prisma.sql`
    SELECT w.id, w.name, w.query, w.sort, w.columns, w.system_id AS "systemId", y.name AS "systemName",
      u.display_name AS "ownerName", w.owner_id = ${userId} AS "isOwn"
    FROM vm_views w JOIN users u ON u.id = w.owner_id LEFT JOIN systems y ON y.id = w.system_id
    WHERE w.owner_id = ${userId} OR (w.system_id IS NOT NULL AND ${systemIsVisible(ctx, Prisma.sql`w.system_id`, "vm:read")})
    ORDER BY (w.owner_id = ${userId}) DESC, w.name, w.id LIMIT ${listedMax}`;
}
