import { authorize } from "@/lib/access/authorize";
import { storageClass as storageClassShape } from "@/lib/clusters/schema";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { prepareUploadJob } from "./jobs";
import { volumeName } from "./rules";
import type { CreateUpload } from "./schema";

const gib = 1024 ** 3;
/** Unfinished uploads of one person. */
const openMax = 5;

/** Opens an upload; a worker makes its volume, then the browser sends the file. */
export function createUpload(ctx: Context, input: CreateUpload): Promise<{ id: string }> {
  const id = newId();
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    await requirePlace(tx, input);
    await requireSize(tx, input);
    await requireFewOpen(tx, ctx);
    const namespace = await readSetting(tx, "catalog.images_namespace");
    const name = volumeName(input.displayName, id);
    const createdBy = actorId(ctx.actor);
    await tx.imageUpload.create({
      data: { id, ...input, sizeBytes: BigInt(input.sizeBytes), namespace, name, createdBy },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "image_upload.create",
      resource: { type: "image_upload", id, name: input.displayName },
      parent: { type: "cluster", id: input.clusterId },
      details: {
        fileName: input.fileName,
        format: input.format,
        sizeBytes: input.sizeBytes,
        diskGb: input.diskGb,
        volume: `${namespace}/${name}`,
      },
    });
    await enqueue(tx, prepareUploadJob, { uploadId: id });
    return { id };
  });
}

async function requirePlace(tx: Tx, { clusterId, storageClass }: CreateUpload): Promise<void> {
  // Held until the row is written, so that the cluster is not removed in between.
  await tx.$queryRaw`SELECT 1 FROM clusters WHERE id = ${clusterId} FOR KEY SHARE`;
  const cluster = await tx.cluster.findUnique({
    where: { id: clusterId },
    select: { enabled: true, maintenance: true, storageClasses: true, defaultStorageClass: true },
  });
  if (cluster === null) throw fieldRefused("clusterId", "not_found");
  if (!cluster.enabled) throw new AppError("UPLOAD_REFUSED", { reason: "cluster_disabled" });
  if (cluster.maintenance) throw new AppError("UPLOAD_REFUSED", { reason: "cluster_maintenance" });
  const known = storageClassShape.array().catch([]).parse(cluster.storageClasses);
  if (storageClass !== null && !known.some(({ name }) => name === storageClass))
    throw fieldRefused("storageClass", "not_found");
  if (storageClass === null && cluster.defaultStorageClass === null)
    throw fieldRefused("storageClass", "required");
}

async function requireSize(tx: Tx, { format, sizeBytes, diskGb }: CreateUpload): Promise<void> {
  const maximum = await readSetting(tx, "catalog.upload_size_max_gb");
  if (sizeBytes > maximum * gib)
    throw new AppError("UPLOAD_REFUSED", { reason: "too_large", gigabytesMax: maximum });
  // What a qcow2 unpacks to is known only when its header has arrived.
  const minimum = Math.ceil(sizeBytes / gib);
  if (format !== "qcow2" && diskGb < minimum) throw fieldRefused("diskGb", "too_small", { minimum });
}

async function requireFewOpen(tx: Tx, ctx: Context): Promise<void> {
  const open = await tx.imageUpload.count({
    where: { createdBy: actorId(ctx.actor), status: { notIn: ["READY", "FAILED", "CANCELLED"] } },
  });
  if (open >= openMax) throw new AppError("UPLOAD_REFUSED", { reason: "too_many_open", openMax });
}
