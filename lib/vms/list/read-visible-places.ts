import { Prisma } from "@/prisma/generated/client";
import { carries, type Grant } from "@/lib/access/rules";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { platformAdmin } from "@/lib/vocabulary/permissions";

/** Services and single machines under the same limits. */
interface PlaceGroup {
  /** Null where every environment is allowed. */
  environments: string[] | null;
  serviceIds: string[];
  vmIds: string[];
}

/** Where somebody's machines are, read once so that a page's rows can be found along an index. */
export interface VisiblePlaces {
  /** Null for whoever sees everything. */
  groups: PlaceGroup[] | null;
  /** The services that were asked for; null where none were. */
  serviceIds: string[] | null;
  /** What a token leaves of the environments; null for all. */
  carriedEnvironments: readonly string[] | null;
}

const nowhere: VisiblePlaces = { groups: [], serviceIds: null, carriedEnvironments: null };

/**
 * The same answer as `vmIsVisible`, as lists of places instead of a condition on each row.
 * @param asked a condition over services s and systems y; null for all of them
 */
export async function readVisiblePlaces(ctx: Context, asked: Prisma.Sql | null): Promise<VisiblePlaces> {
  if (ctx.actor.kind === "anonymous") return nowhere;
  if (ctx.actor.kind === "platform") {
    const serviceIds = asked === null ? null : await readServices(asked);
    return { groups: null, serviceIds, carriedEnvironments: null };
  }
  const { id, token } = ctx.actor;
  if (!carries(token, "vm:read")) return nowhere;
  const [found] = await db().$queryRaw<Found[]>(placesOf(id, asked));
  const { grants, places, environments, serviceIds } = found ?? nothingFound;
  const isAdmin = grants.some(({ permission, scopeId }) => permission === platformAdmin && scopeId === null);
  return {
    groups: isAdmin ? null : groupPlaces(grants, places, environments),
    serviceIds: asked === null ? null : serviceIds,
    carriedEnvironments: token?.environments ?? null,
  };
}

interface Found {
  grants: Grant[];
  places: Place[];
  /** All there are. */
  environments: string[];
  serviceIds: string[];
}

/** A service or, without one, a single machine. */
type Place = [systemId: string, serviceId: string | null, vmId: string | null];

const nothingFound: Found = { grants: [], places: [], environments: [], serviceIds: [] };

async function readServices(asked: Prisma.Sql): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT s.id FROM services s JOIN systems y ON y.id = s.system_id WHERE ${asked}`;
  return rows.map(({ id }) => id);
}

function placesOf(userId: string, asked: Prisma.Sql | null): Prisma.Sql {
  const systems = asked === null ? Prisma.empty : Prisma.sql`JOIN systems y ON y.id = s.system_id`;
  const wanted = asked === null ? Prisma.empty : Prisma.sql`AND ${asked}`;
  return Prisma.sql`
    WITH grants AS MATERIALIZED (
      SELECT p.permission, b.scope_id, b.allowed_environments
      FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
      JOIN role_permissions p ON p.role_id = b.role_id
      WHERE b.user_id = ${userId} AND p.permission IN ('vm:read', ${platformAdmin})
        AND (b.expires_at IS NULL OR b.expires_at > now())),
    seats AS MATERIALIZED (
      SELECT m.resource_type, m.resource_id FROM resource_role_bindings m
      WHERE m.user_id = ${userId} AND (m.expires_at IS NULL OR m.expires_at > now())),
    places AS (
      SELECT s.system_id, s.id AS service_id, NULL AS vm_id
      FROM seats m JOIN services s ON s.system_id = m.resource_id ${systems}
      WHERE m.resource_type = 'system' ${wanted}
      UNION ALL SELECT s.system_id, s.id, NULL FROM seats m JOIN services s ON s.id = m.resource_id ${systems}
      WHERE m.resource_type = 'service' ${wanted}
      UNION ALL SELECT s.system_id, NULL, v.id
      FROM seats m JOIN vms v ON v.id = m.resource_id JOIN services s ON s.id = v.service_id ${systems}
      WHERE m.resource_type = 'vm' ${wanted})
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('permission', permission, 'scopeId', scope_id,
        'environments', allowed_environments)), '[]') FROM grants) AS grants,
      (SELECT coalesce(jsonb_agg(jsonb_build_array(system_id, service_id, vm_id)), '[]') FROM places) AS places,
      ARRAY(SELECT name FROM environments) AS environments,
      ${asked === null ? Prisma.sql`'{}'::text[]` : askedServices(asked)} AS "serviceIds"`;
}

/** Only somebody who sees everything needs them beside their own places, which are narrowed already. */
function askedServices(asked: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ARRAY(SELECT s.id FROM services s JOIN systems y ON y.id = s.system_id
    WHERE EXISTS (SELECT FROM grants WHERE permission = ${platformAdmin} AND scope_id IS NULL) AND ${asked})`;
}

/** Places under the same environments together; mostly all of them are. */
function groupPlaces(grants: Grant[], places: Place[], all: string[]): PlaceGroup[] {
  const groups = new Map<string, PlaceGroup & { known: Set<string> }>();
  for (const [systemId, serviceId, vmId] of places) {
    const allowed = allowedOn(grants, systemId);
    if (allowed.size === 0) continue;
    const key = [...allowed].toSorted().join();
    const environments = all.every((name) => allowed.has(name)) ? null : [...allowed];
    const group = groups.get(key) ?? { environments, serviceIds: [], vmIds: [], known: new Set() };
    groups.set(key, group);
    const placeId = serviceId ?? vmId ?? "";
    if (group.known.has(placeId)) continue;
    group.known.add(placeId);
    (serviceId === null ? group.vmIds : group.serviceIds).push(placeId);
  }
  return [...groups.values()];
}

function allowedOn(grants: Grant[], systemId: string): Set<string> {
  const reaching = grants.filter(
    ({ permission, scopeId }) => permission === "vm:read" && (scopeId === null || scopeId === systemId),
  );
  return new Set(reaching.flatMap(({ environments }) => environments));
}

/** True for machines v in namespaces n that are visible and in the services asked for. */
export function isInPlaces({ groups, serviceIds, carriedEnvironments }: VisiblePlaces): Prisma.Sql {
  const conditions = [isCarried(carriedEnvironments)];
  if (groups === null) conditions.push(isAsked(serviceIds));
  else conditions.push(groups.length === 0 ? Prisma.sql`FALSE` : anyOf(groups.map(isInGroup)));
  return Prisma.join(conditions, " AND ");
}

/** Whether the condition looks at the namespace's environment. */
export function needsEnvironment({ groups, carriedEnvironments }: VisiblePlaces): boolean {
  return carriedEnvironments !== null || (groups ?? []).some(({ environments }) => environments !== null);
}

function isCarried(environments: readonly string[] | null): Prisma.Sql {
  return environments === null ? Prisma.sql`TRUE` : Prisma.sql`n.environment = ANY(${[...environments]})`;
}

function isAsked(serviceIds: string[] | null): Prisma.Sql {
  return serviceIds === null ? Prisma.sql`TRUE` : Prisma.sql`v.service_id = ANY(${serviceIds})`;
}

function isInGroup({ environments, serviceIds, vmIds }: PlaceGroup): Prisma.Sql {
  const places = [
    ...(serviceIds.length > 0 ? [Prisma.sql`v.service_id = ANY(${serviceIds})`] : []),
    ...(vmIds.length > 0 ? [Prisma.sql`v.id = ANY(${vmIds})`] : []),
  ];
  return environments === null
    ? anyOf(places)
    : Prisma.sql`(${anyOf(places)} AND n.environment = ANY(${environments}))`;
}

function anyOf(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}
