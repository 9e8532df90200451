import { Prisma } from "@/prisma/generated/client";
import { isPermitted, systemIsVisible } from "@/lib/access/visible";
import { authorize } from "@/lib/access/authorize";
import { listClusterFacts } from "@/lib/clusters/cluster-facts";
import { capacityOf } from "@/lib/clusters/rules";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { Tx } from "@/lib/core/transaction";
import { round, shortfallsOf } from "./rules";
import {
  noDemand,
  noLimits,
  type CapacityOutlook,
  type Demand,
  type Limits,
  type QuotaFilter,
  type QuotaPreview,
  type QuotaQuestion,
  type QuotaRow,
} from "./schema";

type FlatRow = Omit<QuotaRow, "limits" | "used"> & { limits: Limits | null; used: Demand | null };

const columns = Prisma.sql`s.id AS "systemId", s.name AS "systemName", e.name AS environment,
  coalesce(q.revision, 0) AS revision,
  CASE WHEN q.system_id IS NOT NULL THEN jsonb_build_object('vms', q.vms, 'cpuCores', q.cpu_cores,
    'memoryGi', q.memory_gi, 'diskGb', q.disk_gb, 'gpus', q.gpus) END AS limits,
  CASE WHEN u.system_id IS NOT NULL THEN jsonb_build_object('vms', u.used_vms, 'cpuCores', u.used_cpu_cores,
    'memoryGi', u.used_memory_gi, 'diskGb', u.used_disk_gb, 'gpus', u.used_gpus) END AS used`;

const rooms = Prisma.sql`systems s CROSS JOIN environments e
  LEFT JOIN quotas q ON q.system_id = s.id AND q.environment = e.name
  LEFT JOIN quota_usages u ON u.system_id = s.id AND u.environment = e.name`;

function toRow(row: FlatRow): QuotaRow {
  return { ...row, used: row.used ?? noDemand };
}

/** What one who may see the System may know of its room in one environment, for the meter. */
export async function readQuota(ctx: Context, { systemId, environment }: QuotaQuestion): Promise<QuotaRow> {
  const rows = await db().$queryRaw<FlatRow[]>`
    SELECT ${columns} FROM ${rooms}
    WHERE s.id = ${systemId} AND e.name = ${environment} AND ${maySee(ctx)}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return toRow(rows[0]);
}

/** The same with what a request would take of it. */
export async function previewQuota(
  ctx: Context,
  { demand, ...question }: QuotaQuestion & { demand: Demand },
): Promise<QuotaPreview> {
  const room = await readQuota(ctx, question);
  return { room, demand, short: shortfallsOf(room.limits ?? noLimits, room.used, demand) };
}

/** Every environment that has a limit or holds something, in the environments' own order. */
export async function listSystemQuotas(ctx: Context, systemId: string): Promise<QuotaRow[]> {
  await authorize(db(), ctx, "system:read", { systemId, role: "viewer" });
  const rows = await db().$queryRaw<FlatRow[]>`
    SELECT ${columns} FROM ${rooms}
    WHERE s.id = ${systemId} AND (q.system_id IS NOT NULL OR u.used_vms > 0 OR u.used_gpus > 0)
    ORDER BY e.sort_order, e.name`;
  return rows.map(toRow);
}

/** Who decides about requests there sees the room they would take. */
function maySee(ctx: Context): Prisma.Sql {
  const systemId = Prisma.sql`s.id`;
  const reached = { permission: "builtin_approval:view", systemId, environment: Prisma.sql`e.name` } as const;
  return Prisma.sql`(${systemIsVisible(ctx, systemId)} OR ${isPermitted(ctx, reached)})`;
}

/** Systems × environments for whoever sets the limits. */
export async function listQuotas(ctx: Context, filter: QuotaFilter): Promise<Page<QuotaRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readCursor(filter.cursor);
  const after = key === null ? Prisma.sql`TRUE` : Prisma.sql`(s.name, e.name) > (${key[0]}, ${key[1]})`;
  const { q = "", environment = "" } = filter;
  const rows = await db().$queryRaw<FlatRow[]>`
    SELECT ${columns} FROM ${rooms}
    WHERE ${after} AND (${q} = '' OR position(lower(${q}) IN s.name) > 0)
      AND (${environment} = '' OR e.name = ${environment})
      AND (${filter.limitedOnly !== true} OR q.system_id IS NOT NULL)
    ORDER BY s.name, e.name LIMIT ${filter.perPage + 1}`;
  return toPage(rows.map(toRow), filter.perPage, (row) => [row.systemName, row.environment]);
}

interface PendingRow {
  clusterId: string | null;
  environment: string;
  count: number;
  cpuCores: number;
  memoryGi: number;
}

/**
 * A step for the desk: each cluster's room as matching sees it now, and as it would be if every other pending request
 * that could land there did. What is not placed yet counts on each cluster of its environment.
 */
export async function capacityOutlook(
  tx: Tx,
  { clusterIds, exceptTicketId }: { clusterIds: readonly string[]; exceptTicketId: string | null },
): Promise<Record<string, CapacityOutlook>> {
  if (clusterIds.length === 0) return {};
  const facts = (await listClusterFacts(tx, {})).filter(({ id }) => clusterIds.includes(id));
  const pending = await tx.$queryRaw<PendingRow[]>`
    SELECT r.cluster_id AS "clusterId", r.environment, count(*)::int AS count,
      sum(r.cpu_cores)::float8 AS "cpuCores", sum(r.memory_gi)::float8 AS "memoryGi"
    FROM reservations r LEFT JOIN vms v ON v.ticket_id = r.ticket_id
    WHERE r.state = 'HELD' AND v.id IS NULL AND r.ticket_id IS DISTINCT FROM ${exceptTicketId}
    GROUP BY 1, 2`;
  return Object.fromEntries(
    facts.flatMap((cluster) => {
      const now = capacityOf(cluster.capabilities?.nodes ?? [], cluster.committed);
      if (now === null) return [];
      const landing = pending.filter(
        ({ clusterId, environment }) =>
          clusterId === cluster.id || (clusterId === null && environment === cluster.environment),
      );
      return [[cluster.id, { now, ...afterAll(now, landing) }]];
    }),
  );
}

function afterAll(
  now: CapacityOutlook["now"],
  landing: PendingRow[],
): Pick<CapacityOutlook, "afterAllPending" | "pending"> {
  const add = (kind: "cpuCores" | "memoryGi") => ({
    total: now[kind].total,
    committed: round(landing.reduce((sum, row) => sum + row[kind], now[kind].committed)),
  });
  return {
    afterAllPending: { cpuCores: add("cpuCores"), memoryGi: add("memoryGi") },
    pending: landing.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Machines whose room nobody counts, or counts as it was: adopted, imported, risen again, changed at the cluster. */
export async function listUnheldMachines(): Promise<{ vmId: string }[]> {
  return db().$queryRaw<{ vmId: string }[]>`
    SELECT v.id AS "vmId" FROM vms v LEFT JOIN reservations k ON k.vm_id = v.id AND k.state = 'KEPT'
    WHERE v.status NOT IN ('CREATING', 'FAILED', 'DELETING') AND (CASE WHEN k.id IS NULL
      THEN NOT EXISTS (SELECT 1 FROM reservations r WHERE r.ticket_id = v.ticket_id AND r.state = 'HELD')
      ELSE k.cpu_cores <> v.cpu_cores OR k.disk_gb <> v.disk_gb OR k.memory_gi < v.memory_gi END)
    ORDER BY v.id LIMIT 200`;
}
