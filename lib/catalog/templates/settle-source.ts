import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { requireImageUrl } from "./images/require-image-url";
import type { TemplateContent } from "./schema";

type Source = Pick<TemplateContent, "sourceType" | "imageUrl" | "pvcNamespace" | "pvcName" | "imageUploadId">;

/** Where the root disk comes from; members of the other kinds of source are let go of. */
export async function settleSource(tx: Tx, source: Source): Promise<Source> {
  const { sourceType } = source;
  if (sourceType === "cdi_pvc_clone") return settleClone(tx, source);
  requireImageUrl(sourceType, source.imageUrl, await readSetting(tx, "catalog.image_hosts"));
  return { sourceType, imageUrl: source.imageUrl, pvcNamespace: null, pvcName: null, imageUploadId: null };
}

async function settleClone(tx: Tx, source: Source): Promise<Source> {
  const { sourceType, imageUploadId } = source;
  if (imageUploadId === null) {
    if (source.pvcNamespace === null) throw fieldRefused("pvcNamespace", "required");
    if (source.pvcName === null) throw fieldRefused("pvcName", "required");
    return { ...source, imageUrl: null };
  }
  const upload = await tx.imageUpload.findUnique({
    where: { id: imageUploadId },
    select: { namespace: true, name: true, status: true },
  });
  if (upload === null) throw fieldRefused("imageUploadId", "image_upload_unknown");
  if (upload.status !== "READY")
    throw new AppError("VALIDATION_FAILED", {}, [
      { field: "imageUploadId", code: "image_upload_not_ready", params: { status: upload.status } },
    ]);
  return { sourceType, imageUrl: null, pvcNamespace: upload.namespace, pvcName: upload.name, imageUploadId };
}
