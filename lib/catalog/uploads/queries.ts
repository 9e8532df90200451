import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { storageClass } from "@/lib/clusters/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { readSetting } from "@/lib/settings/read-setting";
import { uploadRow, type UploadFilter, type UploadRow } from "./schema";

/** Images and what is on its way to become one, newest first. */
export async function listUploads(ctx: Context, filter: UploadFilter): Promise<Page<UploadRow>> {
  await authorize(db(), ctx, "template:read");
  const key = readTimeCursor(filter.cursor);
  const q = filter.q ?? "";
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM image_uploads u JOIN clusters c ON c.id = u.cluster_id
      LEFT JOIN users p ON p.id = u.created_by
    WHERE ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(u.created_at, u.id) < (${key[0]}, ${key[1]})`}
      AND (${q} = '' OR position(lower(${q}) IN lower(u.display_name || ' ' || u.file_name)) > 0)
      AND (${filter.status ?? ""} = '' OR u.status = ${filter.status ?? ""})
      AND (${filter.clusterId ?? ""} = '' OR u.cluster_id = ${filter.clusterId ?? ""})
    ORDER BY u.created_at DESC, u.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(uploadRow.array().parse(rows), filter.perPage, (row) => [
    row.createdAt.toISOString(),
    row.id,
  ]);
}

export async function readUpload(ctx: Context, uploadId: string): Promise<UploadRow> {
  await authorize(db(), ctx, "template:read");
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM image_uploads u JOIN clusters c ON c.id = u.cluster_id
      LEFT JOIN users p ON p.id = u.created_by WHERE u.id = ${uploadId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return uploadRow.parse(rows[0]);
}

/** What a template can start from, for a picker: by name, with the cluster that has it. */
export async function listReadyUploads(ctx: Context): Promise<UploadRow[]> {
  await authorize(db(), ctx, "template:read");
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM image_uploads u JOIN clusters c ON c.id = u.cluster_id
      LEFT JOIN users p ON p.id = u.created_by
    WHERE u.status = 'READY' AND u.removing_at IS NULL ORDER BY u.display_name, u.id LIMIT 500`;
  return uploadRow.array().parse(rows);
}

export interface UploadPlace {
  id: string;
  displayName: string;
  environment: string;
  defaultStorageClass: string | null;
  storageClasses: string[];
  /** Null while nobody has looked. */
  hasCdi: boolean | null;
}

/** Where an image can go, and how large it may be. */
export async function readUploadChoices(
  ctx: Context,
): Promise<{ places: UploadPlace[]; gigabytesMax: number }> {
  await authorize(db(), ctx, "template:write");
  const [clusters, gigabytesMax] = await Promise.all([
    db().$queryRaw<(Omit<UploadPlace, "storageClasses"> & { classes: unknown })[]>`
      SELECT id, display_name AS "displayName", environment, default_storage_class AS "defaultStorageClass",
        storage_classes AS classes, (detected_capabilities ->> 'cdi')::boolean AS "hasCdi"
      FROM clusters WHERE enabled ORDER BY display_name, id LIMIT 500`,
    readSetting(db(), "catalog.upload_size_max_gb"),
  ]);
  const places = clusters.map(({ classes, ...cluster }) => ({
    ...cluster,
    storageClasses: storageClass
      .array()
      .catch([])
      .parse(classes)
      .map(({ name }) => name),
  }));
  return { places, gigabytesMax };
}

/** For the clock: uploads whose volume is not there yet. */
export async function listUnpreparedUploads(): Promise<{ uploadId: string }[]> {
  const rows = await db().imageUpload.findMany({ where: { status: "PREPARING" }, select: { id: true } });
  return rows.map(({ id }) => ({ uploadId: id }));
}

/** For the clock: uploads that left something in their cluster which should go. */
export async function listUndiscardedUploads(): Promise<{ uploadId: string }[]> {
  const rows = await db().imageUpload.findMany({
    where: { OR: [{ removingAt: { not: null } }, { status: "CANCELLED", finishedAt: null }] },
    select: { id: true },
  });
  return rows.map(({ id }) => ({ uploadId: id }));
}

const columns = Prisma.sql`
  u.id, u.cluster_id AS "clusterId", c.display_name AS "clusterName", c.environment, u.namespace, u.name,
  u.display_name AS "displayName", u.file_name AS "fileName", u.format, u.fingerprint,
  u.size_bytes::float8 AS "sizeBytes", u.received_bytes::float8 AS "receivedBytes",
  u.sent_bytes::float8 AS "sentBytes", u.sha256, u.disk_gb AS "diskGb", u.storage_class AS "storageClass", u.status,
  u.progress, u.message, u.removing_at IS NOT NULL AS removing, u.created_by AS "createdBy",
  coalesce(p.display_name, u.created_by) AS "createdByName", u.created_at AS "createdAt",
  u.updated_at AS "updatedAt", u.finished_at AS "finishedAt",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'version', t.version)
      ORDER BY t.name, t.version), '[]') FROM templates t WHERE t.image_upload_id = u.id) AS templates`;
