import { readDataVolume } from "@/lib/adapters/kubevirt/data-volumes";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { recordProgress, type HeldUpload } from "./record-progress";
import { uploadLabel } from "./rules";
import type { UploadOutcome } from "./settle-upload";
import type { StoredUpload } from "./store";

/** What the volume says: it is done, it never will be, it is being filled, or it waits for somebody to send. */
export type VolumeState =
  | UploadOutcome
  | { kind: "filling"; progress: string | null }
  | {
      kind: "waiting";
      /** What is in its way, in the cluster's words. */
      problem: string | null;
    };

/** @throws ClusterFailure while the cluster does not answer */
export async function observeVolume(upload: StoredUpload, held: HeldUpload): Promise<VolumeState> {
  const client = await connectCluster(upload.clusterId);
  const volume = await readDataVolume(client, upload.namespace, upload.name);
  if (volume === null) return { kind: "failed", code: "volume_gone" };
  if (volume.labels[uploadLabel] !== upload.id) return { kind: "failed", code: "not_ours" };
  if (volume.phase === "Succeeded") return { kind: "ready" };
  if (volume.phase === "Failed")
    return { kind: "failed", code: "volume_failed", words: volume.problem ?? "" };
  if (volume.progress === null) return { kind: "waiting", problem: volume.problem };
  await recordProgress(held, { converted: volume.progress });
  return { kind: "filling", progress: volume.progress };
}

/** A read that failed says nothing about the volume; what no second try changes ends the upload. */
export async function observeVolumeCalmly(upload: StoredUpload, held: HeldUpload): Promise<VolumeState> {
  try {
    return await observeVolume(upload, held);
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    if (error.kind !== "rejected") return { kind: "waiting", problem: null };
    return { kind: "failed", code: "cluster_refused", words: error.message };
  }
}
