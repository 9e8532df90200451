import { z } from "zod";
import type { InstanceSize, Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { checkSize, refuseProblems } from "./check-size";
import type { DerivedHardware } from "./resolve-hardware";
import {
  accessModes,
  createSizeInput,
  hugepagesSizes,
  volumeModes,
  type CreateSize,
  type WholeSize,
} from "./schema";

export type StoredSize = WholeSize & { id: string; version: number; deprecatedAt: Date | null };

/** @throws CONFLICT when somebody saved it since it was read */
export async function lockSize(tx: Tx, name: string, version?: number): Promise<StoredSize> {
  const size = await findSize(tx, name, { lock: true });
  if (version !== undefined) requireVersion(size, version);
  return size;
}

export function requireVersion(size: StoredSize, version: number): void {
  if (version === size.version) return;
  throw new AppError("CONFLICT", { resource: "instance_size", version, currentVersion: size.version });
}

export async function findSize(tx: Tx, name: string, options = { lock: false }): Promise<StoredSize> {
  if (options.lock) await tx.$queryRaw`SELECT 1 FROM instance_sizes WHERE name = ${name} FOR UPDATE`;
  const row = await tx.instanceSize.findUnique({ where: { name } });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "instance_size" });
  return readStored(row);
}

const storedJson = z.object({
  gpuDevices: createSizeInput.shape.gpuDevices.unwrap(),
  specOverrides: createSizeInput.shape.specOverrides.unwrap(),
  hugepagesSize: z.enum(hugepagesSizes).nullable(),
  dvAccessModes: z.array(z.enum(accessModes)),
  dvVolumeMode: z.enum(volumeModes).nullable(),
  catalogScope: createSizeInput.shape.catalogScope.unwrap(),
});

function readStored(row: InstanceSize): StoredSize {
  const { name, displayName, description, defaultDiskGb, minDiskGb, maxDiskGb } = row;
  return {
    ...{ id: row.id, version: row.version, deprecatedAt: row.deprecatedAt },
    ...{ name, displayName, description, defaultDiskGb, minDiskGb, maxDiskGb },
    ...{ dedicatedCpu: row.dedicatedCpu, sriovNetworks: row.sriovNetworks },
    ...{ costClass: row.costClass, sortOrder: row.sortOrder, enabled: row.enabled },
    cpuCores: Number(row.cpuCores),
    cpuRequest: row.cpuRequest === null ? null : Number(row.cpuRequest),
    memoryGi: Number(row.memoryGi),
    memoryRequestGi: row.memoryRequestGi === null ? null : Number(row.memoryRequestGi),
    ...storedJson.parse(row),
  };
}

/** Null for a new one. */
type Replaced = { id: string; version: number } | null;

/**
 * The one place that writes a size: whatever the overrides say is derived anew on every write, so the columns that
 * matching reads cannot drift from what is rendered.
 */
export async function writeSize(
  tx: Tx,
  ctx: Context,
  { size, replaces }: { size: CreateSize; replaces: Replaced },
): Promise<{ id: string; name: string; version: number; hardware: DerivedHardware }> {
  const { hardware, problems } = await checkSize(tx, size);
  refuseProblems(problems);
  const columns = columnsOf(size, hardware);
  const select = { id: true, name: true, version: true } as const;
  if (replaces !== null) {
    const next = { version: replaces.version + 1, updatedBy: actorId(ctx.actor) };
    const where = { id: replaces.id };
    return { ...(await tx.instanceSize.update({ where, data: { ...columns, ...next }, select })), hardware };
  }
  const made = { id: newId(), createdBy: actorId(ctx.actor) };
  return { ...(await tx.instanceSize.create({ data: { ...columns, ...made }, select })), hardware };
}

function columnsOf({ specOverrides, ...size }: CreateSize, hardware: DerivedHardware) {
  return {
    ...size,
    ...hardware,
    gpuDevices: hardware.gpuDevices satisfies Prisma.InputJsonValue,
    // The schema admits plain JSON alone; only Prisma's type leaves out the null inside.
    specOverrides: specOverrides as Prisma.InputJsonObject,
  };
}

/** The members a record shows: what was changed, as it was and as it became. */
export function findChanges(
  before: StoredSize,
  after: Omit<CreateSize, keyof DerivedHardware> & DerivedHardware,
) {
  const keys = Object.keys(createSizeInput.shape) as (keyof CreateSize)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return {
    before: Object.fromEntries(changed.map((key) => [key, before[key]])),
    after: Object.fromEntries(changed.map((key) => [key, after[key]])),
  };
}

export function nameTaken(error: unknown, name: string): unknown {
  return isUniqueViolation(error, "name") ? fieldRefused("name", "already_exists", { name }) : error;
}
