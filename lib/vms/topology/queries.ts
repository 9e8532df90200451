import { Prisma } from "@/prisma/generated/client";
import { systemIsVisible, vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { Topology, TopologyService } from "./schema";

const servicesMax = 60;
const vmsPerService = 50;
const countedMax = 1_000;

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

/** A System's services and their machines, in one statement that reads a bounded number of rows whatever its size. */
export async function readTopology(ctx: Context, systemId: string): Promise<Topology> {
  const rows = await db().$queryRaw<TopologyService[]>`
    SELECT s.id, s.name, coalesce(seen.vms, '[]'::jsonb) AS vms,
      greatest(coalesce(seen.counted, 0) - ${vmsPerService}::int, 0) AS "moreVms"
    FROM (SELECT id, name, system_id FROM services WHERE system_id = ${systemId}
      ORDER BY name LIMIT ${servicesMax + 1}) s
    LEFT JOIN LATERAL (
      SELECT count(*)::int AS counted, jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'status', k.status)
        ORDER BY k.place) FILTER (WHERE k.place <= ${vmsPerService}) AS vms
      FROM (SELECT c.id, c.name, c.status, row_number() OVER (ORDER BY c.needs DESC, c.name) AS place
        FROM (SELECT v.id, v.name, v.status, v.status IN ('FAILED', 'NOT_FOUND', 'UNKNOWN', 'PENDING') AS needs
          FROM vms v JOIN namespaces n ON n.name = v.namespace
          WHERE v.service_id = s.id AND ${vmIsVisible(ctx, columns)} LIMIT ${countedMax}) c) k) seen ON TRUE
    WHERE ${systemIsVisible(ctx, Prisma.sql`s.system_id`, "service:read")}
    ORDER BY s.name`;
  return { systemId, services: rows.slice(0, servicesMax), hasMoreServices: rows.length > servicesMax };
}
