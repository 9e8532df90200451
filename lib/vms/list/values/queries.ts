import { Prisma } from "@/prisma/generated/client";
import { isPermitted, systemIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { assertNever } from "@/lib/core/errors";
import type { SearchValue, SearchValueQuery } from "../schema";

const offeredMax = 10;

/** What a key of the search can be completed with: a few names that the person may see, in the order of the alphabet. */
export async function listSearchValues(ctx: Context, query: SearchValueQuery): Promise<SearchValue[]> {
  return db().$queryRaw<SearchValue[]>`
    SELECT o.value, o.label FROM (${offered(ctx, query)}) o ORDER BY o.value LIMIT ${offeredMax}`;
}

function offered(ctx: Context, { key, text }: SearchValueQuery): Prisma.Sql {
  const like = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const isRead = (systemId: Prisma.Sql) => systemIsVisible(ctx, systemId, "vm:read");
  switch (key) {
    case "system":
      return Prisma.sql`SELECT y.name AS value, y.name AS label FROM systems y
        WHERE y.name LIKE ${like} AND ${isRead(Prisma.sql`y.id`)}`;
    case "service":
      return Prisma.sql`SELECT s.name AS value, min(y.name) || CASE WHEN count(*) > 1 THEN ' …' ELSE '' END AS label
        FROM services s JOIN systems y ON y.id = s.system_id
        WHERE s.name LIKE ${like} AND ${isRead(Prisma.sql`y.id`)} GROUP BY s.name`;
    case "env":
      return Prisma.sql`SELECT e.name AS value, e.display_name AS label FROM environments e WHERE e.name LIKE ${like}`;
    case "namespace":
      return Prisma.sql`SELECT n.name AS value, n.environment AS label FROM namespaces n
        WHERE n.name LIKE ${like} AND ${isPermitted(ctx, { permission: "vm:read", environment: Prisma.sql`n.environment` })}`;
    case "cluster":
      return Prisma.sql`SELECT c.name AS value, c.display_name AS label FROM clusters c
        WHERE c.name LIKE ${like} AND ${isPermitted(ctx, { permission: "cluster:read" })}`;
    case "template":
      return Prisma.sql`SELECT DISTINCT t.name AS value, t.display_name AS label FROM templates t
        WHERE t.status = 'active' AND (t.name LIKE ${like} OR lower(t.display_name) LIKE ${like})
          AND ${isPermitted(ctx, { permission: "vm:read" })}`;
    case "size":
      return Prisma.sql`SELECT z.name AS value, z.display_name AS label FROM instance_sizes z
        WHERE z.enabled AND (z.name LIKE ${like} OR lower(z.display_name) LIKE ${like})
          AND ${isPermitted(ctx, { permission: "vm:read" })}`;
    case "owner":
      return Prisma.sql`SELECT u.username AS value, u.display_name AS label FROM users u
        WHERE (u.username LIKE ${like} OR lower(u.display_name) LIKE ${like})
          AND ${isPermitted(ctx, { permission: "user:manage" })}`;
    default:
      return assertNever(key);
  }
}
