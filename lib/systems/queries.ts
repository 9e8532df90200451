import { Prisma } from "@/prisma/generated/client";
import { systemIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { ServiceFilter, ServiceRow, SystemFilter, SystemRow } from "./schema";

const matches = (column: Prisma.Sql, q: string | undefined) =>
  q === undefined || q === "" ? Prisma.sql`TRUE` : Prisma.sql`position(lower(${q}) IN ${column}) > 0`;

const after = (column: Prisma.Sql, id: Prisma.Sql, cursor: string | undefined) => {
  const key = readCursor(cursor);
  return key === null ? Prisma.sql`TRUE` : Prisma.sql`(${column}, ${id}) > (${key[0]}, ${key[1]})`;
};

/** Systems the person has a role on, by name; counts come from two sub-selects over the page's rows alone. */
export async function listSystems(ctx: Context, filter: SystemFilter): Promise<Page<SystemRow>> {
  const rows = await db().$queryRaw<SystemRow[]>`
    ${systemColumns(ctx)}
    WHERE ${systemIsVisible(ctx, Prisma.sql`s.id`)} AND ${matches(Prisma.sql`s.name`, filter.q)}
      AND ${after(Prisma.sql`s.name`, Prisma.sql`s.id`, filter.cursor)}
    ORDER BY s.name, s.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.name, row.id]);
}

export async function readSystem(ctx: Context, systemId: string): Promise<SystemRow> {
  const rows = await db().$queryRaw<SystemRow[]>`
    ${systemColumns(ctx)} WHERE s.id = ${systemId} AND ${systemIsVisible(ctx, Prisma.sql`s.id`)}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

export async function listServices(ctx: Context, filter: ServiceFilter): Promise<Page<ServiceRow>> {
  const ofSystem =
    filter.systemId === undefined ? Prisma.sql`TRUE` : Prisma.sql`v.system_id = ${filter.systemId}`;
  const rows = await db().$queryRaw<ServiceRow[]>`
    ${serviceColumns()}
    WHERE ${systemIsVisible(ctx, Prisma.sql`s.id`, "service:read")} AND ${ofSystem}
      AND ${matches(Prisma.sql`v.name`, filter.q)}
      AND ${after(Prisma.sql`v.name`, Prisma.sql`v.id`, filter.cursor)}
    ORDER BY v.name, v.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.name, row.id]);
}

export async function readService(ctx: Context, serviceId: string): Promise<ServiceRow> {
  const rows = await db().$queryRaw<ServiceRow[]>`
    ${serviceColumns()}
    WHERE v.id = ${serviceId} AND ${systemIsVisible(ctx, Prisma.sql`s.id`, "service:read")}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

function systemColumns(ctx: Context): Prisma.Sql {
  const userId = ctx.actor.kind === "person" ? ctx.actor.id : "";
  return Prisma.sql`
    SELECT s.id, s.name, s.description, s.listed, s.created_at AS "createdAt",
      (SELECT count(*)::int FROM services v WHERE v.system_id = s.id) AS "serviceCount",
      (SELECT count(*)::int FROM vms x JOIN services v ON v.id = x.service_id WHERE v.system_id = s.id) AS "vmCount",
      (SELECT count(*)::int FROM vms x JOIN services v ON v.id = x.service_id
        WHERE v.system_id = s.id AND x.status = 'RUNNING') AS "runningCount",
      (SELECT m.role FROM resource_role_bindings m WHERE m.user_id = ${userId} AND m.resource_type = 'system'
        AND m.resource_id = s.id AND (m.expires_at IS NULL OR m.expires_at > now())) AS role
    FROM systems s`;
}

function serviceColumns(): Prisma.Sql {
  return Prisma.sql`
    SELECT v.id, v.name, v.description, v.system_id AS "systemId", s.name AS "systemName",
      v.created_at AS "createdAt",
      (SELECT count(*)::int FROM vms x WHERE x.service_id = v.id) AS "vmCount",
      (SELECT count(*)::int FROM vms x WHERE x.service_id = v.id AND x.status = 'RUNNING') AS "runningCount"
    FROM services v JOIN systems s ON s.id = v.system_id`;
}
