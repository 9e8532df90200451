import { z } from "zod";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { CatalogScope, EnvironmentClass } from "@/lib/vocabulary/environments";
import type { SizeRow } from "../schema";

const columns = {
  id: true,
  name: true,
  displayName: true,
  description: true,
  cpuCores: true,
  memoryGi: true,
  defaultDiskGb: true,
  minDiskGb: true,
  maxDiskGb: true,
  dedicatedCpu: true,
  requiresGpu: true,
  gpuDevices: true,
  hugepagesSize: true,
  catalogScope: true,
  sortOrder: true,
  deprecatedAt: true,
} as const;

/** What anybody signed in may choose; deprecated sizes are not offered (spec §5.6). */
export async function listOfferedSizes(
  ctx: Context,
  environmentClass?: EnvironmentClass,
): Promise<SizeRow[]> {
  await authorize(db(), ctx, "vm:read");
  const scopes = environmentClass === undefined ? ["test", "prod", "all"] : [environmentClass, "all"];
  return readSizes({ enabled: true, deprecatedAt: null, catalogScope: { in: scopes } });
}

export async function listAllSizes(ctx: Context): Promise<SizeRow[]> {
  await authorize(db(), ctx, "instance_size:read");
  return readSizes({});
}

interface SizeWhere {
  enabled?: boolean;
  deprecatedAt?: null;
  catalogScope?: { in: string[] };
}

const devices = z.array(z.object({ name: z.string(), count: z.number() }));

async function readSizes(where: SizeWhere): Promise<SizeRow[]> {
  const rows = await db().instanceSize.findMany({
    where,
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
    take: 500,
    select: columns,
  });
  return rows.map((row) => ({
    ...row,
    cpuCores: Number(row.cpuCores),
    memoryGi: Number(row.memoryGi),
    gpuDevices: devices.parse(row.gpuDevices),
    // Written only from the enum of schema.ts.
    catalogScope: row.catalogScope as CatalogScope,
  }));
}
