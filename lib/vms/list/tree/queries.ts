import { Prisma } from "@/prisma/generated/client";
import { systemIsVisible, vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";

const systemsMax = 200;
const servicesMax = 50;
/** Counting stops here, so that a service with many machines costs no more than one with a hundred. */
export const countMax = 100;

export interface TreeSystem {
  name: string;
  /** Null while the System is closed. */
  services: { name: string; vmCount: number }[] | null;
}

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

/** The Systems whose machines somebody may see, the first by name, and the services of the open one, in one statement. */
export async function readTree(ctx: Context, openSystem: string | null): Promise<TreeSystem[]> {
  return db().$queryRaw<TreeSystem[]>`
    SELECT y.name, CASE WHEN y.name = ${openSystem ?? ""} THEN (
      SELECT coalesce(jsonb_agg(jsonb_build_object('name', o.name, 'vmCount', o.vm_count) ORDER BY o.name), '[]')
      FROM (SELECT s.name, (SELECT count(*)::int FROM (SELECT FROM vms v JOIN namespaces n ON n.name = v.namespace
          WHERE v.service_id = s.id AND ${vmIsVisible(ctx, columns)} LIMIT ${countMax}) counted) AS vm_count
        FROM services s WHERE s.system_id = y.id ORDER BY s.name LIMIT ${servicesMax}) o) END AS services
    FROM systems y WHERE ${systemIsVisible(ctx, Prisma.sql`y.id`, "vm:read")} ORDER BY y.name LIMIT ${systemsMax}`;
}
