import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import {
  applyUploadVolume,
  deleteDataVolume,
  readDataVolume,
  type DataVolume,
} from "@/lib/adapters/kubevirt/data-volumes";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { shareVolumes } from "@/lib/adapters/kubevirt/image-sharing";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { ensureNamespace, forgetNamespace } from "@/lib/clusters/ensure-namespace";
import { storageClass as storageClassShape } from "@/lib/clusters/schema";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { prepareUploadJob } from "./jobs";
import { uploadLabel, uploadLabels } from "./rules";
import type { UploadFailure } from "./schema";
import { failUpload, findUpload, moveUpload, type StoredUpload } from "./store";

/** One job looks for so long; the clock sends the next one. */
const watchedMs = 25_000;
const lookEveryMs = 500;
/** A cluster that is away for longer is somebody's problem to solve first. */
const givenUpSeconds = 30 * 60;

/** Makes the volume and waits until CDI takes an image for it; asking twice makes one volume. */
export async function prepareUpload({ uploadId }: z.output<typeof prepareUploadJob.payload>): Promise<void> {
  const until = performance.now() + watchedMs;
  while (performance.now() < until) {
    const upload = await findUpload(db(), uploadId);
    if (upload?.status === "CANCELLED") return discardAgain(uploadId);
    if (upload?.status !== "PREPARING") return;
    const outcome = await tryStep(upload);
    if (outcome === "ready") return void (await inTransaction((tx) => moveUpload(tx, uploadId, "prepare")));
    if (outcome !== "waiting")
      return void (await inTransaction((tx) => failUpload(tx, { uploadId }, outcome)));
    await sleep(lookEveryMs);
  }
}

/** The volume may have been made after the discarding had looked for it. */
async function discardAgain(uploadId: string): Promise<void> {
  await db().imageUpload.updateMany({
    where: { id: uploadId, status: "CANCELLED" },
    data: { finishedAt: null },
  });
}

type Outcome = "ready" | "waiting" | { code: UploadFailure; words?: string };

async function tryStep(upload: StoredUpload): Promise<Outcome> {
  try {
    return await takeStep(await connectCluster(upload.clusterId), upload);
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal !== null) return refusal;
    const isLate = upload.ageSeconds > givenUpSeconds;
    return isLate ? { code: "timed_out", words: error instanceof Error ? error.message : "" } : "waiting";
  }
}

async function takeStep(client: ClusterClient, upload: StoredUpload): Promise<Outcome> {
  const { namespace, name, environment } = upload;
  await ensureNamespace(client, { name: namespace, environment });
  const found = await readDataVolume(client, namespace, name);
  if (found !== null && found.labels[uploadLabel] !== upload.id) return { code: "not_ours" };
  if (found?.isTerminating) return "waiting";
  if (found?.phase === "Failed") {
    await deleteDataVolume(client, { namespace, name, uid: found.uid });
    return "waiting";
  }
  return judge(upload, found ?? (await makeVolume(client, upload)));
}

function judge(upload: StoredUpload, volume: DataVolume): Outcome {
  // Succeeded: an earlier attempt brought it whole and could not say so.
  if (volume.phase === "UploadReady" || volume.phase === "Succeeded") return "ready";
  if (upload.ageSeconds <= givenUpSeconds) return "waiting";
  return { code: "timed_out", words: volume.problem ?? volume.phase };
}

async function makeVolume(client: ClusterClient, upload: StoredUpload): Promise<DataVolume> {
  const { id, namespace, name, diskGb, storageClass } = upload;
  const accessModes = await readAccessModes(upload);
  const labels = uploadLabels(id);
  await shareVolumes(client, namespace);
  try {
    return await applyUploadVolume(client, { namespace, name, labels, diskGb, storageClass, accessModes });
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") forgetNamespace(client, namespace);
    throw error;
  }
}

/** CDI fills in what its profile of the class says; a class without one takes what every storage has. */
async function readAccessModes({ clusterId, storageClass }: StoredUpload): Promise<string[]> {
  const cluster = await db().cluster.findUnique({
    where: { id: clusterId },
    select: { storageClasses: true, defaultStorageClass: true },
  });
  const wanted = storageClass ?? cluster?.defaultStorageClass;
  const known = storageClassShape.array().catch([]).parse(cluster?.storageClasses);
  const found = known.find(({ name }) => name === wanted);
  return found?.accessModes === undefined || found.accessModes.length === 0 ? ["ReadWriteOnce"] : [];
}

/** What no second try would change; null for what may pass. */
function readRefusal(error: unknown): { code: UploadFailure; words: string } | null {
  if (error instanceof AppError) return { code: "cluster_refused", words: wordsOf(error) };
  if (!(error instanceof ClusterFailure)) throw error;
  if (error.reason === "NotServed") return { code: "cdi_missing", words: error.message };
  if (error.kind === "rejected") return { code: "cluster_refused", words: error.message };
  return null;
}

function wordsOf({ code, params }: AppError): string {
  return typeof params["message"] === "string" ? params["message"] : code;
}
