import { stringify } from "yaml";
import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { askWorker } from "@/lib/core/worker-questions";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { findMachinesJob } from "./jobs";
import {
  foundMachines,
  type AdoptionDetail,
  type AdoptionFilter,
  type AdoptionRow,
  type ImportRow,
  type MachineFilter,
  type MachinePage,
} from "./schema";
import { findObstacles, parseMachine, placeKey } from "./store";

const rowColumns = Prisma.sql`p.id, p.status, p.kind, p.cluster_id AS "clusterId", c.display_name AS "clusterName",
  c.environment, p.namespace, p.resource_name AS "resourceName", p.system_name AS "systemName",
  p.service_name AS "serviceName", p.service_id AS "serviceId", p.instance, p.reason, p.vm_id AS "vmId",
  p.discovered_at AS "discoveredAt", p.decided_at AS "decidedAt", u.display_name AS "decidedByName"`;

const rowTables = Prisma.sql`pending_adoptions p JOIN clusters c ON c.id = p.cluster_id
  LEFT JOIN users u ON u.id = p.decided_by`;

/** Newest first; platform administrators only, because whoever decides sees other people's machines. */
export async function listAdoptions(ctx: Context, filter: AdoptionFilter): Promise<Page<AdoptionRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readTimeCursor(filter.cursor);
  const after =
    key === null ? Prisma.sql`TRUE` : Prisma.sql`(p.discovered_at, p.id) < (${key[0]}, ${key[1]})`;
  const rows = await db().$queryRaw<AdoptionRow[]>`
    SELECT ${rowColumns} FROM ${rowTables}
    WHERE ${equals(Prisma.sql`p.status`, filter.status)} AND ${equals(Prisma.sql`p.cluster_id`, filter.clusterId)}
      AND (${filter.q ?? ""} = '' OR position(lower(${filter.q ?? ""}) IN p.resource_name) > 0) AND ${after}
    ORDER BY p.discovered_at DESC, p.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.discoveredAt.toISOString(), row.id]);
}

function equals(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  return value === undefined || value === "" ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${value}`;
}

type DetailColumns = AdoptionRow & Pick<AdoptionDetail, "k8sUid" | "ticketId" | "labels">;

/** One found machine, with what stands in the way of adopting it. */
export async function readAdoption(ctx: Context, adoptionId: string): Promise<AdoptionDetail> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<(DetailColumns & { resourceSpec: unknown })[]>`
    SELECT ${rowColumns}, p.k8s_uid AS "k8sUid", p.ticket_id AS "ticketId", p.labels, p.resource_spec AS "resourceSpec"
    FROM ${rowTables} WHERE p.id = ${adoptionId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const { resourceSpec, ...row } = rows[0];
  const place = { namespace: row.namespace, name: row.resourceName };
  const machine = parseMachine(resourceSpec);
  const obstacles =
    row.status === "PENDING" ? await findObstacles(db(), row.clusterId, [place]) : new Map<string, null>();
  return {
    ...row,
    machine,
    yaml: machine === null ? null : manifestText(row, machine),
    obstacle: obstacles.get(placeKey(place)) ?? null,
    followsNameRule: row.resourceName.startsWith(`${row.namespace}-${row.systemName}-${row.serviceName}-`),
  };
}

function manifestText(
  { resourceName, namespace, k8sUid, labels }: DetailColumns,
  { annotations, spec }: { annotations: Record<string, string>; spec: Record<string, unknown> },
): string {
  return stringify({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: {
      name: resourceName,
      namespace,
      uid: k8sUid,
      labels,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec,
  });
}

/** The cluster's machines that are not the portal's, asked of a worker page by page. */
export async function listMachines(
  ctx: Context,
  { clusterId, ...filter }: MachineFilter & { clusterId: string },
): Promise<MachinePage> {
  await authorize(db(), ctx, "platform:admin");
  const cluster = await db().cluster.findUnique({ where: { id: clusterId }, select: { id: true } });
  if (cluster === null) throw new AppError("RESOURCE_NOT_FOUND");
  const question = JSON.parse(JSON.stringify({ clusterId, ...filter }));
  const { items, ...page } = await askWorker(ctx, findMachinesJob, question, foundMachines);
  const obstacles = await findObstacles(db(), clusterId, items);
  return { ...page, items: items.map((row) => ({ ...row, obstacle: obstacles.get(placeKey(row)) ?? null })) };
}

type ListedMachines =
  { ok: true; page: MachinePage } | { ok: false; code: ErrorCode; params: Record<string, unknown> };

/** The same for a page, of which the rest stands when the cluster does not answer. */
export async function tryListMachines(
  ctx: Context,
  filter: MachineFilter & { clusterId: string },
): Promise<ListedMachines> {
  try {
    return { ok: true, page: await listMachines(ctx, filter) };
  } catch (error) {
    if (!(error instanceof AppError) || !silentCodes.has(error.code)) throw error;
    return { ok: false, code: error.code, params: error.params };
  }
}

const silentCodes = new Set<ErrorCode>(["WORKER_SILENT", "CLUSTER_UNAVAILABLE", "CLUSTER_REJECTED"]);

const importsShown = 20;

/** The latest imports into the portal from one cluster, newest first. */
export async function listImports(ctx: Context, clusterId: string): Promise<ImportRow[]> {
  await authorize(db(), ctx, "platform:admin");
  return db().$queryRaw<ImportRow[]>`
    SELECT e.id AS "eventId", e.status, e.payload ->> 'namespace' AS namespace, e.payload ->> 'name' AS name,
      e.error_message AS "errorMessage", v.id AS "vmId", e.created_at AS "createdAt"
    FROM domain_events e
    LEFT JOIN vms v ON v.cluster_id = ${clusterId} AND v.k8s_uid = e.payload ->> 'uid' AND e.status = 'COMPLETED'
    WHERE e.aggregate_type = 'cluster_import' AND e.aggregate_id = ${clusterId}
    ORDER BY e.created_at DESC, e.id DESC LIMIT ${importsShown}`;
}

/** For the clock: clusters whose found machines have not been read yet. */
export async function listUnreadClusters(): Promise<{ clusterId: string }[]> {
  return db().$queryRaw`
    SELECT DISTINCT cluster_id AS "clusterId" FROM pending_adoptions
    WHERE status = 'PENDING' AND resource_spec = 'null'::jsonb`;
}

/**
 * For the clock: machines whose instance the watch may not see, while they are young in their state or the row does not
 * fit it yet.
 */
export async function listUnwatched(): Promise<{ vmId: string }[]> {
  return db().$queryRaw`
    SELECT id AS "vmId" FROM vms
    WHERE origin <> 'request' AND (status_since > now() - interval '3 minutes'
      OR (status = 'RUNNING' AND ip IS NULL AND status_since > now() - interval '1 hour')
      OR (status = 'STOPPED' AND vmi_uid IS NOT NULL))
    LIMIT 500`;
}

const optionsMax = 1_000;

/** Where a machine may be taken in: every Service, by System and name. */
export async function listServiceOptions(
  ctx: Context,
): Promise<{ id: string; name: string; systemName: string }[]> {
  await authorize(db(), ctx, "platform:admin");
  return db().$queryRaw`
    SELECT s.id, s.name, y.name AS "systemName" FROM services s JOIN systems y ON y.id = s.system_id
    ORDER BY y.name, s.name LIMIT ${optionsMax}`;
}
