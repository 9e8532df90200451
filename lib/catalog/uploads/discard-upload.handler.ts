import type { z } from "zod";
import { deleteDataVolume, readDataVolume } from "@/lib/adapters/kubevirt/data-volumes";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import type { discardUploadJob } from "./jobs";
import { uploadLabel } from "./rules";
import { findUpload, type StoredUpload } from "./store";

/** Deletes the upload's volume if it is ours; a removed upload's row goes once the volume has. */
export async function discardUpload({ uploadId }: z.output<typeof discardUploadJob.payload>): Promise<void> {
  const upload = await findUpload(db(), uploadId);
  if (upload === null || (upload.status !== "CANCELLED" && !upload.isRemoving)) return;
  if (!(await isVolumeGone(upload))) return;
  if (upload.isRemoving)
    await db().$executeRaw`DELETE FROM image_uploads WHERE id = ${uploadId} AND removing_at IS NOT NULL`;
  else
    await db()
      .$executeRaw`UPDATE image_uploads SET finished_at = clock_timestamp() WHERE id = ${uploadId} AND status = 'CANCELLED'`;
}

/** False while the cluster is away: the clock asks again. */
async function isVolumeGone({ id, clusterId, namespace, name }: StoredUpload): Promise<boolean> {
  try {
    const client = await connectCluster(clusterId);
    const found = await readDataVolume(client, namespace, name);
    if (found === null || found.labels[uploadLabel] !== id) return true;
    if (!found.isTerminating) await deleteDataVolume(client, { namespace, name, uid: found.uid });
    return (await readDataVolume(client, namespace, name)) === null;
  } catch (error) {
    // A cluster without CDI holds no volume of ours.
    if (error instanceof ClusterFailure) return error.reason === "NotServed";
    throw error;
  }
}
