import type { Readable } from "node:stream";
import { backoffMs, pause } from "@/lib/adapters/kubevirt/backoff";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { observeVolumeCalmly, type VolumeState } from "./observe-volume";
import { recordProgress, type HeldUpload } from "./record-progress";
import { refusalOfImage } from "./rules";
import { sendImage, type Sending } from "./send-image";
import { settleUpload, type UploadOutcome } from "./settle-upload";
import { moveHeldUpload, type StoredUpload } from "./store";

/** The file on this process's disk. */
export interface StagedImage {
  /** Reads what the checks need, once the last byte is there. */
  inspect: () => Promise<{ sizeBytes: number; head: Buffer; sha256: string }>;
  openBody: () => Readable;
  /** False where the upload is only followed: the file is on another disk. */
  isHere: boolean;
  /** Removes it from the disk. */
  discard: () => Promise<void>;
}

const lookEveryMs = 1_000;
/** So many attempts that brought nothing; a proxy that breaks over the same image twice does so again. */
const attemptsMax = 8;
const brokenMax = 2;
/** So often is an image sent that the volume then still waits for. */
const resendsMax = 20;
/** Nothing moved in the cluster for so long after it had the whole image. */
const stillMsMax = 60 * 60_000;
/** A volume that still waits so long after it was sent the image never got it. */
const resendAfterMs = 60_000;

/** Checks the file, sends it and waits for the volume; returns early where somebody else has taken it over. */
export async function deliverUpload(
  upload: StoredUpload,
  holderId: string,
  { staged, signal }: { staged: StagedImage; signal: AbortSignal },
): Promise<void> {
  const held = { uploadId: upload.id, holderId };
  if (upload.status === "CHECKING") {
    const refusal = await checkFile(upload, held, staged);
    if (refusal !== null) return settle(held, refusal, staged);
    if (!(await moveHeldUpload(db(), held, "check"))) return;
  }
  const outcome = await bringIntoCluster({ upload, held, staged, signal });
  if (outcome !== null) await settle(held, outcome, staged);
}

async function settle(held: HeldUpload, outcome: UploadOutcome, staged: StagedImage): Promise<void> {
  // Gone before anybody hears of it: what a retry sends at once must not meet the file that was wrong.
  if (outcome.kind === "failed" && outcome.isFileUseless && (await recordProgress(held)))
    await staged.discard();
  await settleUpload(platformContext("console"), held, outcome);
}

async function checkFile(
  upload: StoredUpload,
  held: HeldUpload,
  staged: StagedImage,
): Promise<UploadOutcome | null> {
  const { sizeBytes, head, sha256 } = await staged.inspect();
  if (sizeBytes !== upload.sizeBytes) return { kind: "failed", code: "staged_lost", isFileUseless: true };
  const code = refusalOfImage({ format: upload.format, sizeBytes, diskGb: upload.diskGb, head });
  if (code !== null) return { kind: "failed", code, isFileUseless: code !== "disk_too_small" };
  await recordProgress(held, { sha256 });
  return null;
}

interface Delivery {
  upload: StoredUpload;
  held: HeldUpload;
  staged: StagedImage;
  signal: AbortSignal;
}

/** Null when the work was taken away. */
async function bringIntoCluster(delivery: Delivery): Promise<UploadOutcome | null> {
  const { upload, held, staged, signal } = delivery;
  let isSent = upload.status === "CONVERTING";
  let failures = 0;
  let problem: string | null = null;
  for (let sendings = 0; !signal.aborted; sendings += 1) {
    const state = isSent ? await followVolume(delivery) : await observeVolumeCalmly(upload, held);
    if (state === null) return null;
    if (state.kind === "ready" || state.kind === "failed") return state;
    if (state.kind === "waiting") problem = state.problem ?? problem;
    if (!staged.isHere) return { kind: "failed", code: "staged_lost", isFileUseless: true };
    if (isSent && !(await moveHeldUpload(db(), held, "resend"))) return null;
    const sending = await sendOnce(delivery);
    if (sending === null || sending.kind === "ready" || sending.kind === "failed") return sending;
    isSent = sending.kind === "sent";
    if (sendings >= resendsMax) return { kind: "failed", code: "timed_out" };
    if (sending.kind === "sent") continue;
    failures += 1;
    if (sending.isBroken && failures >= brokenMax)
      return { kind: "failed", code: "proxy_refused", words: problem ?? sending.words };
    if (failures >= attemptsMax) return { kind: "failed", code: "proxy_unreachable", words: sending.words };
    await pause(backoffMs(failures), signal);
  }
  return null;
}

type Attempt = UploadOutcome | { kind: "sent" } | Extract<Sending, { kind: "again" }> | null;

/** Sends while it watches: a proxy may take the image and lose its answer. */
async function sendOnce({ upload, held, staged, signal }: Delivery): Promise<Attempt> {
  const over = new AbortController();
  const whole = Promise.withResolvers<void>();
  const both = AbortSignal.any([signal, over.signal]);
  const sending = sendImage(upload, held, {
    openBody: staged.openBody,
    signal: both,
    onWhole: () => whole.resolve(),
  });
  const arrived = whole.promise.then(async () => {
    await recordProgress(held, { sentBytes: upload.sizeBytes });
    await moveHeldUpload(db(), held, "send");
    return followUntilDone({ upload, held, staged, signal: both }, Number.POSITIVE_INFINITY);
  });
  try {
    const first = await Promise.race([sending, arrived]);
    if (signal.aborted) return null;
    return first === null ? null : judgeAttempt(first, held);
  } finally {
    over.abort();
    arrived.catch(() => undefined);
  }
}

async function judgeAttempt(first: Sending | VolumeState, held: HeldUpload): Promise<Attempt> {
  switch (first.kind) {
    case "ready":
    case "failed":
      return first;
    case "refused":
      return { kind: "failed", code: first.code, words: first.words };
    case "again":
      await moveHeldUpload(db(), held, "resend");
      return first;
    // Whoever is busy with an image has one: what becomes of it the volume says.
    case "taken":
    case "busy":
    case "filling":
    case "waiting":
      await moveHeldUpload(db(), held, "send");
      return { kind: "sent" };
  }
}

/** The volume's end, or that it waits for an image that it should have by now. */
function followVolume(delivery: Delivery): Promise<VolumeState | null> {
  return followUntilDone(delivery, resendAfterMs);
}

async function followUntilDone(
  { upload, held, signal }: Delivery,
  waitingMsMax: number,
): Promise<VolumeState | null> {
  let last: string | null = null;
  let movedAt = performance.now();
  while (!signal.aborted) {
    const state = await observeVolumeCalmly(upload, held);
    if (state.kind === "ready" || state.kind === "failed") return state;
    const now = performance.now();
    if (state.kind === "filling" && state.progress !== last) [last, movedAt] = [state.progress, now];
    if (now - movedAt > waitingMsMax) return state;
    if (now - movedAt > stillMsMax) return { kind: "failed", code: "timed_out" };
    await pause(lookEveryMs, signal);
  }
  return null;
}
