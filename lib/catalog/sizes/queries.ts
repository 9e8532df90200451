import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import { readHistory } from "./read-history";
import {
  sizeDetail,
  sizeListRow,
  sizeRow,
  type CreateSize,
  type SizeDetail,
  type SizeFilter,
  type SizeListRow,
  type SizeRow,
  type UpdateSize,
} from "./schema";
import { settleChange } from "./settle-change";
import { findSize, requireVersion } from "./store";

const offeredMax = 500;

/** What anybody signed in may choose; deprecated sizes are not offered (spec §5.6). */
export async function listOfferedSizes(
  ctx: Context,
  environmentClass?: EnvironmentClass,
): Promise<SizeRow[]> {
  await authorize(db(), ctx, "vm:read");
  const scopes = environmentClass === undefined ? ["test", "prod", "all"] : [environmentClass, "all"];
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${offeredColumns} FROM instance_sizes z
    WHERE z.enabled AND z.deprecated_at IS NULL AND z.catalog_scope = ANY(${scopes})
    ORDER BY z.sort_order, z.name LIMIT ${offeredMax}`;
  return rows.map((row) => sizeRow.parse(row));
}

const offeredColumns = Prisma.sql`
  z.id, z.name, z.display_name AS "displayName", z.description, z.cpu_cores::float8 AS "cpuCores",
  z.memory_gi::float8 AS "memoryGi", z.default_disk_gb AS "defaultDiskGb", z.min_disk_gb AS "minDiskGb",
  z.max_disk_gb AS "maxDiskGb", z.dedicated_cpu AS "dedicatedCpu", z.requires_gpu AS "requiresGpu",
  z.gpu_devices AS "gpuDevices", z.hugepages_size AS "hugepagesSize",
  z.catalog_scope AS "catalogScope", z.sort_order AS "sortOrder", z.deprecated_at AS "deprecatedAt"`;

const listColumns = Prisma.sql`${offeredColumns},
  z.cpu_request::float8 AS "cpuRequest", z.memory_request_gi::float8 AS "memoryRequestGi",
  z.requires_sriov AS "requiresSriov", coalesce(z.sriov_networks, '{}') AS "sriovNetworks", z.enabled,
  z.deprecation_message AS "deprecationMessage", z.version, z.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM jsonb_object_keys(z.spec_overrides)) AS "overrideCount",
  (SELECT count(*)::int FROM vms v WHERE v.instance_size_id = z.id) AS "vmCount",
  (SELECT count(*)::int FROM approval_tickets k WHERE k.instance_size_id = z.id
    AND k.status IN ('PENDING', 'APPROVED', 'EXECUTING')) AS "pendingCount"`;

/** One statement beside the permission; the usage is counted for the page's rows alone. */
export async function listSizes(ctx: Context, filter: SizeFilter): Promise<Page<SizeListRow>> {
  await authorize(db(), ctx, "instance_size:read");
  const { column, keyOf } = sorts[filter.sortBy];
  const direction = filter.sortOrder === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const found = await db().$queryRaw<unknown[]>`
    SELECT ${listColumns} FROM (SELECT * FROM instance_sizes z
      WHERE ${matches(filter)} AND ${after(filter)}
      ORDER BY ${column} ${direction}, z.name ${direction} LIMIT ${filter.perPage + 1}) z
    ORDER BY ${column} ${direction}, z.name ${direction}`;
  const rows = found.map((row) => sizeListRow.parse(row));
  return toPage(rows, filter.perPage, (row) => [keyOf(row), row.name]);
}

/** The name is unique, so it is what ties are broken by. */
const sorts = {
  order: { column: Prisma.sql`z.sort_order`, keyOf: (row: SizeListRow) => String(row.sortOrder) },
  name: { column: Prisma.sql`z.name`, keyOf: (row: SizeListRow) => row.name },
  cpu: { column: Prisma.sql`z.cpu_cores`, keyOf: (row: SizeListRow) => String(row.cpuCores) },
  memory: { column: Prisma.sql`z.memory_gi`, keyOf: (row: SizeListRow) => String(row.memoryGi) },
};

function after({ cursor, sortBy, sortOrder }: SizeFilter): Prisma.Sql {
  const key = readCursor(cursor);
  if (key === null) return Prisma.sql`TRUE`;
  const [value, name] = key;
  if (sortBy !== "name" && !/^\d{1,9}(\.\d)?$/.test(value)) {
    throw new AppError("VALIDATION_FAILED", {}, [{ field: "cursor", code: "invalid_cursor" }]);
  }
  const last = sortBy === "name" ? Prisma.sql`${value}` : Prisma.sql`${value}::numeric`;
  const { column } = sorts[sortBy];
  return sortOrder === "asc"
    ? Prisma.sql`(${column}, z.name) > (${last}, ${name})`
    : Prisma.sql`(${column}, z.name) < (${last}, ${name})`;
}

function matches({ q, catalogScope, state, hardware }: SizeFilter): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (q) {
    conditions.push(
      Prisma.sql`position(lower(${q}) IN lower(z.name || ' ' || z.display_name || ' ' || z.description)) > 0`,
    );
  }
  if (catalogScope !== undefined) conditions.push(Prisma.sql`z.catalog_scope = ${catalogScope}`);
  if (state !== undefined) conditions.push(states[state]);
  if (hardware !== undefined) conditions.push(hardwareColumns[hardware]);
  return Prisma.join(conditions, " AND ");
}

const states = {
  offered: Prisma.sql`z.enabled AND z.deprecated_at IS NULL`,
  disabled: Prisma.sql`NOT z.enabled`,
  deprecated: Prisma.sql`z.deprecated_at IS NOT NULL`,
};

const hardwareColumns = {
  gpu: Prisma.sql`z.requires_gpu`,
  dedicated: Prisma.sql`z.dedicated_cpu`,
  hugepages: Prisma.sql`z.requires_hugepages`,
  sriov: Prisma.sql`z.requires_sriov`,
};

const detailColumns = sizeDetail.omit({ history: true });

/** Everything about one size, with what its records say of its earlier versions. */
export async function readSize(ctx: Context, wanted: { id: string } | { name: string }): Promise<SizeDetail> {
  await authorize(db(), ctx, "instance_size:read");
  const isWanted = "id" in wanted ? Prisma.sql`z.id = ${wanted.id}` : Prisma.sql`z.name = ${wanted.name}`;
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT ${listColumns}, z.dv_access_modes AS "dvAccessModes", z.dv_volume_mode AS "dvVolumeMode",
      z.spec_overrides AS "specOverrides", z.cost_class AS "costClass", z.created_at AS "createdAt",
      (SELECT u.display_name FROM users u WHERE u.id = z.created_by) AS "createdByName",
      (SELECT u.display_name FROM users u WHERE u.id = z.updated_by) AS "updatedByName"
    FROM instance_sizes z WHERE ${isWanted}`;
  if (row === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const size = detailColumns.parse(row);
  return { ...size, history: await readHistory(db(), size.id) };
}

/** The whole size as a change would leave it; nothing is stored. */
export async function readChangedSize(ctx: Context, change: UpdateSize): Promise<CreateSize> {
  await authorize(db(), ctx, "instance_size:write");
  const stored = await findSize(db(), change.name);
  requireVersion(stored, change.version);
  return settleChange(stored, change);
}
