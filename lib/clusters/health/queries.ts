import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { buildStrip, type CountedCell } from "./rules";
import type { ClusterHealth, HealthCell } from "./schema";

const dayHours = 24;
const detailCells = 48;
const listCells = 24;

/** The last day of one cluster: its states, its answer times, and its breaker. */
export async function readClusterHealth(ctx: Context, clusterId: string): Promise<ClusterHealth> {
  await authorize(db(), ctx, "cluster:read");
  const [row] = await db().$queryRaw<SummaryRow[]>`
    SELECT c.consecutive_failures AS failures, coalesce(c.breaker_open_until > now(), false) AS "isOpen",
      c.breaker_open_until AS "opensUntil", d.checks, d.healthy, d.median, d.highest
    FROM clusters c CROSS JOIN LATERAL (
      SELECT count(*)::int AS checks, (count(*) FILTER (WHERE status = 'HEALTHY'))::int AS healthy,
        (percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms))::int AS median, max(latency_ms) AS highest
      FROM cluster_checks WHERE cluster_id = c.id AND checked_at > now() - make_interval(hours => ${dayHours})) d
    WHERE c.id = ${clusterId}`;
  if (row === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const { isOpen, failures, checks, healthy, median, highest } = row;
  return {
    cells: (await readCells([clusterId], detailCells)).get(clusterId) ?? [],
    checks,
    uptimePercent: checks === 0 ? null : Math.floor((healthy / checks) * 1000) / 10,
    latency: median === null || highest === null ? null : { median, highest },
    breaker: { isOpen, opensUntil: isOpen ? row.opensUntil : null, failures },
  };
}

interface SummaryRow {
  failures: number;
  isOpen: boolean;
  opensUntil: Date | null;
  checks: number;
  healthy: number;
  median: number | null;
  highest: number | null;
}

/** The last day of each cluster of a list, an hour a cell. */
export async function listHealthStrips(
  ctx: Context,
  clusterIds: readonly string[],
): Promise<Record<string, HealthCell[]>> {
  await authorize(db(), ctx, "cluster:read");
  return Object.fromEntries(await readCells(clusterIds, listCells));
}

async function readCells(clusterIds: readonly string[], cells: number): Promise<Map<string, HealthCell[]>> {
  const [clock] = await db().$queryRaw<{ now: Date }[]>`SELECT now()`;
  const now = clock?.now ?? new Date(0);
  const since = new Date(now.getTime() - dayHours * 3_600_000);
  const rows = await db().$queryRaw<(CountedCell & { clusterId: string })[]>`
    SELECT cluster_id AS "clusterId",
      width_bucket(extract(epoch FROM checked_at), extract(epoch FROM ${since}::timestamptz),
        extract(epoch FROM ${now}::timestamptz), ${cells}::int) AS place,
      max(${severity}) AS severity, avg(latency_ms)::int AS "latencyMs", count(*)::int AS checks
    FROM cluster_checks
    WHERE cluster_id = ANY(${[...clusterIds]}) AND checked_at >= ${since} AND checked_at < ${now}
    GROUP BY 1, 2`;
  const span = { since, cells, cellMs: (dayHours * 3_600_000) / cells };
  return new Map(
    clusterIds.map((id) => [
      id,
      buildStrip(
        rows.filter(({ clusterId }) => clusterId === id),
        span,
      ),
    ]),
  );
}

const severity = Prisma.sql`CASE status WHEN 'HEALTHY' THEN 0 WHEN 'UNKNOWN' THEN 1 WHEN 'UNHEALTHY' THEN 2 ELSE 3 END`;
