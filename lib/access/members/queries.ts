import { Prisma } from "@/prisma/generated/client";
import { authorize, isAuthorized } from "@/lib/access/authorize";
import { systemIsVisible, vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import { platformAdmin, type ResourceRole } from "@/lib/vocabulary/permissions";
import { requireMemberAdmin } from "./require-member-admin";
import { grantableRoles, type Manager } from "./rules";
import type {
  CandidateFilter,
  CandidateRow,
  MemberFilter,
  MemberPowers,
  MemberRow,
  ResourceType,
} from "./schema";

const candidatesMax = 20;
const roleRank = Prisma.sql`array_position(ARRAY['owner', 'admin', 'member', 'viewer'], m.role)::text`;

/** Who has a role there or on what it lies in, strongest first; of several roles the nearest is the one that counts. */
export async function listMembers(ctx: Context, filter: MemberFilter): Promise<Page<MemberRow>> {
  const places = await readPlaces(ctx, filter);
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<(MemberRow & { sortKey: string })[]>`
    SELECT u.id AS "userId", u.username, u.display_name AS "displayName", u.enabled AS "userEnabled",
      u.auth_type = 'service' AS "isService", m.role, m.resource_type AS "resourceType",
      m.resource_id AS "resourceId", m.resource_name AS "resourceName", m.distance > 0 AS "isInherited",
      m.created_at AS since, m.expires_at AS "expiresAt", m.source, m.ticket_id AS "ticketId",
      coalesce(g.display_name, m.granted_by) AS "grantedByName", ${roleRank} || u.username AS "sortKey"
    FROM (SELECT DISTINCT ON (b.user_id) b.*, p.resource_name, p.distance
      FROM (VALUES ${placeValues(places)}) p (resource_type, resource_id, resource_name, distance)
      JOIN resource_role_bindings b ON b.resource_type = p.resource_type AND b.resource_id = p.resource_id
      WHERE b.expires_at IS NULL OR b.expires_at > now() ORDER BY b.user_id, p.distance) m
    JOIN users u ON u.id = m.user_id LEFT JOIN users g ON g.id = m.granted_by
    WHERE ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(${roleRank} || u.username, u.id) > (${key[0]}, ${key[1]})`}
    ORDER BY ${roleRank} || u.username, u.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.sortKey, row.userId]);
}

/** People and programs who may be given a role there, by the beginning of their user name or of one of their names. */
export async function listMemberCandidates(ctx: Context, filter: CandidateFilter): Promise<CandidateRow[]> {
  await requireMemberAdmin(db(), ctx, { systemId: filter.systemId, touched: [] });
  const [place] = await readPlaces(ctx, filter);
  if (place === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return db().$queryRaw<CandidateRow[]>`
    SELECT u.id, u.username, u.display_name AS "displayName", u.auth_type = 'service' AS "isService"
    FROM users u
    WHERE u.enabled AND (starts_with(u.username, lower(${filter.q}))
        OR position(' ' || lower(${filter.q}) IN ' ' || lower(u.display_name)) > 0)
      AND NOT EXISTS (SELECT FROM resource_role_bindings m WHERE m.user_id = u.id
        AND m.resource_type = ${place.type} AND m.resource_id = ${place.id}
        AND (m.expires_at IS NULL OR m.expires_at > now()))
    ORDER BY u.username LIMIT ${candidatesMax}`;
}

/** What the reader may do with a System's members: for buttons and choices, never for a decision. */
export async function readMemberPowers(ctx: Context, systemId: string): Promise<MemberPowers> {
  await authorize(db(), ctx, "system:read", { systemId, role: "viewer" });
  const [role, isAdministrator] = await Promise.all([
    readOwnRole(ctx, systemId),
    isAuthorized(db(), ctx, platformAdmin),
  ]);
  const manager: Manager = isAdministrator ? "administrator" : role;
  const grantable = grantableRoles(manager);
  return {
    role,
    canManage: grantable.length > 0,
    grantable,
    canTransfer: grantable.includes("owner"),
  };
}

async function readOwnRole(ctx: Context, systemId: string): Promise<ResourceRole | null> {
  const userId = ctx.actor.kind === "person" ? ctx.actor.id : "";
  const rows = await db().$queryRaw<{ role: ResourceRole }[]>`
    SELECT role FROM resource_role_bindings WHERE user_id = ${userId} AND resource_type = 'system'
      AND resource_id = ${systemId} AND (expires_at IS NULL OR expires_at > now())`;
  return rows[0]?.role ?? null;
}

interface NamedPlace {
  type: ResourceType;
  id: string;
  name: string;
}

/** The place asked about and what it lies in, nearest first; what the reader may not see is not there. */
async function readPlaces(
  ctx: Context,
  { systemId, resourceType, resourceId }: Pick<MemberFilter, "systemId" | "resourceType" | "resourceId">,
): Promise<NamedPlace[]> {
  const [found] = await db().$queryRaw<{ places: NamedPlace[] }[]>`${placeQuery(ctx, resourceType)}
    AND s.id = ${systemId} ${resourceType === "system" ? Prisma.empty : Prisma.sql`AND x.id = ${resourceId ?? ""}`}`;
  if (found === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return found.places;
}

function placeQuery(ctx: Context, resourceType: ResourceType): Prisma.Sql {
  const seen = systemIsVisible(ctx, Prisma.sql`s.id`);
  const system = Prisma.sql`jsonb_build_object('type', 'system', 'id', s.id, 'name', s.name)`;
  const service = Prisma.sql`jsonb_build_object('type', 'service', 'id', v.id, 'name', v.name)`;
  switch (resourceType) {
    case "system":
      return Prisma.sql`SELECT jsonb_build_array(${system}) AS places FROM systems s WHERE ${seen}`;
    case "service":
      return Prisma.sql`SELECT jsonb_build_array(${service}, ${system}) AS places
        FROM systems s JOIN services v ON v.system_id = s.id JOIN services x ON x.id = v.id WHERE ${seen}`;
    case "vm":
      return Prisma.sql`SELECT jsonb_build_array(jsonb_build_object('type', 'vm', 'id', x.id, 'name', x.name),
          ${service}, ${system}) AS places
        FROM vms x JOIN services v ON v.id = x.service_id JOIN systems s ON s.id = v.system_id
        JOIN namespaces n ON n.name = x.namespace WHERE ${vmIsVisible(ctx, {
          vmId: Prisma.sql`x.id`,
          serviceId: Prisma.sql`v.id`,
          systemId: Prisma.sql`s.id`,
          environment: Prisma.sql`n.environment`,
        })}`;
  }
}

function placeValues(places: readonly NamedPlace[]): Prisma.Sql {
  return Prisma.join(
    places.map(
      (place, distance) => Prisma.sql`(${place.type}, ${place.id}, ${place.name}, ${distance}::int)`,
    ),
  );
}
