import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { isPermitted } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import { partsReadAt } from "./capacity/schema";
import { parseClusterRow, type StoredCluster } from "./cluster-row";
import { missingPermission } from "./permissions/schema";
import {
  clusterPolicy,
  connectionPreview,
  storageClass,
  storedCapabilities,
  type ClusterDetail,
  type ClusterFilter,
  type ClusterRow,
  type NamespaceFilter,
  type NamespaceRow,
} from "./schema";

/** Clusters by name; `cluster:read` shows all of them, everybody else sees none. */
export async function listClusters(ctx: Context, filter: ClusterFilter): Promise<Page<ClusterRow>> {
  await authorize(db(), ctx, "cluster:read");
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<StoredCluster[]>`
    SELECT ${clusterColumns} FROM clusters c
    WHERE ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(c.name, c.id) > (${key[0]}, ${key[1]})`}
      AND (${filter.q ?? ""} = '' OR position(lower(${filter.q ?? ""}) IN lower(c.name || ' ' || c.display_name)) > 0)
      AND ${equals(Prisma.sql`c.environment`, filter.environment)} AND ${equals(Prisma.sql`c.status`, filter.status)}
    ORDER BY c.name, c.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows.map(parseClusterRow), filter.perPage, (row) => [row.name, row.id]);
}

/** Everything the cluster's page shows; the credential only as its fingerprint. */
export async function readCluster(ctx: Context, clusterId: string): Promise<ClusterDetail> {
  await authorize(db(), ctx, "cluster:read");
  const [listed] = await db().$queryRaw<StoredCluster[]>`
    SELECT ${clusterColumns} FROM clusters c WHERE c.id = ${clusterId}`;
  const rest = await db().cluster.findUnique({ where: { id: clusterId }, select: detailColumns });
  if (listed === undefined || rest === null) throw new AppError("RESOURCE_NOT_FOUND");
  const { credential, policy, reflectors, _count, detectedCapabilities, capabilitiesReadAt, ...columns } =
    rest;
  return {
    ...parseClusterRow(listed),
    ...columns,
    credential:
      credential === null
        ? null
        : { ...connectionPreview.parse(credential.summary), rotatedAt: credential.rotatedAt },
    capabilities: storedCapabilities.nullable().catch(null).parse(detectedCapabilities),
    storageClasses: storageClass.array().catch([]).parse(rest.storageClasses),
    missingPermissions: missingPermission.array().nullable().catch([]).parse(rest.missingPermissions) ?? [],
    policy: policy === null ? null : clusterPolicy.strip().parse(policy),
    readAt: partsReadAt.nullable().catch(null).parse(capabilitiesReadAt) ?? {},
    reflectors,
    vmCount: _count.vms,
    uploadCount: _count.uploads,
  };
}

/** Namespaces of the environments in which the person may see or ask for machines, by name. */
export async function listNamespaces(ctx: Context, filter: NamespaceFilter): Promise<Page<NamespaceRow>> {
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<NamespaceRow[]>`
    SELECT ${namespaceColumns(ctx)} FROM namespaces n
    WHERE ${namespaceIsVisible(ctx)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(n.name, n.id) > (${key[0]}, ${key[1]})`}
      AND (${filter.q ?? ""} = '' OR position(lower(${filter.q ?? ""}) IN n.name || ' ' || lower(n.description)) > 0)
      AND ${equals(Prisma.sql`n.environment`, filter.environment)}
    ORDER BY n.name, n.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.name, row.id]);
}

export async function readNamespace(ctx: Context, namespaceId: string): Promise<NamespaceRow> {
  const rows = await db().$queryRaw<NamespaceRow[]>`
    SELECT ${namespaceColumns(ctx)} FROM namespaces n WHERE n.id = ${namespaceId} AND ${namespaceIsVisible(ctx)}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

/** Where a request can go: the enabled namespaces in which the person may ask for a machine. */
export async function listRequestableNamespaces(ctx: Context): Promise<NamespaceRow[]> {
  return db().$queryRaw<NamespaceRow[]>`
    SELECT ${namespaceColumns(ctx)} FROM namespaces n
    WHERE n.enabled AND ${isPermitted(ctx, { permission: "vm:create", systemId: anySystem, environment: Prisma.sql`n.environment` })}
    ORDER BY n.name LIMIT 500`;
}

/** For the clock: every cluster that is switched on. */
export async function listCheckedClusters(): Promise<{ clusterId: string }[]> {
  const rows = await db().cluster.findMany({ where: { enabled: true }, select: { id: true } });
  return rows.map(({ id }) => ({ clusterId: id }));
}

const clusterColumns = Prisma.sql`
  c.id, c.name, c.display_name AS "displayName", c.environment, c.status, c.status_message AS "statusMessage",
  c.enabled, c.maintenance, c.scheduling_weight AS "schedulingWeight", c.kubernetes_version AS "kubernetesVersion",
  c.kubevirt_version AS "kubevirtVersion", c.last_checked_at AS "lastCheckedAt", c.created_at AS "createdAt",
  c.detected_capabilities -> 'nodes' AS nodes,
  (SELECT to_jsonb(p) FROM cluster_policies p WHERE p.cluster_id = c.id) AS policy,
  (SELECT jsonb_build_object('cpuCores', coalesce(sum(v.cpu_cores), 0), 'memoryGi', coalesce(sum(v.memory_gi), 0))
    FROM vms v WHERE v.cluster_id = c.id) AS committed,
  (SELECT count(*)::int FROM cluster_reflectors r WHERE r.cluster_id = c.id
    AND r.kind IN ('vm', 'vmi') AND r.connected AND r.lease_until > now())
    AS following`;

function namespaceColumns(ctx: Context): Prisma.Sql {
  const permitted = isPermitted(ctx, {
    ...{ permission: "namespace:read", systemId: anySystem },
    environment: Prisma.sql`n.environment`,
  });
  return Prisma.sql`
    n.id, n.name, n.environment, n.description, n.enabled, n.created_at AS "createdAt", n.owner_id AS "ownerId",
    (SELECT u.display_name FROM users u WHERE u.id = n.owner_id) AS "ownerName",
    CASE WHEN ${permitted} THEN (SELECT count(*)::int FROM vms v WHERE v.namespace = n.name) END AS "vmCount"`;
}

const detailColumns = {
  version: true,
  apiServerUrl: true,
  enabledFeatures: true,
  detectedCapabilities: true,
  capabilitiesDetectedAt: true,
  storageClasses: true,
  capabilitiesReadAt: true,
  uploadProxyUrl: true,
  uploadProxyCa: true,
  storageClassesUpdatedAt: true,
  defaultStorageClass: true,
  missingPermissions: true,
  breakerOpenUntil: true,
  consecutiveFailures: true,
  lastHealthyAt: true,
  credential: { select: { summary: true, rotatedAt: true } },
  policy: true,
  reflectors: {
    select: { kind: true, connected: true, error: true, lastEventAt: true },
    orderBy: { kind: "asc" },
  },
  _count: { select: { vms: true, uploads: true } },
} as const;

// Seeing a namespace takes the permission in its environment through any binding, global or of one System.
const anySystem = Prisma.sql`b.scope_id`;

function namespaceIsVisible(ctx: Context): Prisma.Sql {
  const environment = Prisma.sql`n.environment`;
  return Prisma.sql`(${isPermitted(ctx, { permission: "vm:read", systemId: anySystem, environment })}
    OR ${isPermitted(ctx, { permission: "vm:create", systemId: anySystem, environment })}
    OR ${isPermitted(ctx, { permission: "namespace:read", systemId: anySystem, environment })})`;
}

function equals(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  return value === undefined ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${value}`;
}
