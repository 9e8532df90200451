import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyHolders } from "@/lib/notifications/notify-users";
import type { RecordingProgress } from "./record-progress";
import type { BrokenReason } from "./rules";
import { findRecording, recordedRecording, type StoredRecording } from "./store";

export interface FinishedRecording extends RecordingProgress {
  /** Null where all of the session is there. */
  brokenReason: BrokenReason | null;
}

/** The recorder's last word; whoever looks after the platform hears of a recording that broke. Twice changes nothing. */
export function finishRecording(ctx: Context, finished: FinishedRecording): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    if (!(await markFinished(tx, finished))) return;
    const recording = await findRecording(tx, finished.recordingId);
    if (recording === null) return;
    const { brokenReason, durationMs, bytes, chunkCount, gapCount, lostBytes, chainHead } = finished;
    await recordAudit(tx, ctx, {
      action: "console_recording.end",
      outcome: brokenReason === null ? "success" : "failure",
      ...recordedRecording(recording),
      details: {
        jti: recording.jti,
        reason: brokenReason ?? "complete",
        ...{ durationMs, bytes, chunkCount, gapCount, lostBytes, chainHead },
      },
    });
    if (brokenReason !== null) await alertKeepers(tx, recording, brokenReason);
  });
}

async function markFinished(tx: Tx, finished: FinishedRecording): Promise<boolean> {
  const { recordingId, durationMs, bytes, chunkCount, gapCount, lostBytes, chainHead, isPlayable } = finished;
  const status = finished.brokenReason === null ? "complete" : "broken";
  const moved = await tx.$executeRaw`
    UPDATE console_recordings SET status = ${status}, broken_reason = ${finished.brokenReason},
      ended_at = clock_timestamp(), duration_ms = ${durationMs}::int, bytes = ${bytes}::bigint,
      chunk_count = ${chunkCount}::int, gap_count = ${gapCount}::int, lost_bytes = ${lostBytes}::bigint,
      chain_head = ${chainHead}, is_playable = ${isPlayable}
    WHERE id = ${recordingId} AND status = 'recording'`;
  return moved > 0;
}

/** One full disk breaks many recordings, and is one thing to hear of. */
const alertedMinutes = 60;

async function alertKeepers(
  tx: Tx,
  { id, vmName, systemId, environment }: StoredRecording,
  reason: BrokenReason,
): Promise<void> {
  const [told] = await tx.$queryRaw<{ isTold: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM notifications WHERE type = 'SYSTEM_ALERT' AND resource_type = 'console_recording'
      AND params ->> 'reason' = ${reason}
      AND created_at > clock_timestamp() - make_interval(mins => ${alertedMinutes}::int)) AS "isTold"`;
  if (told?.isTold === true) return;
  const holders = { permission: "platform:admin", systemId, environment, exceptUserId: "" } as const;
  await notifyHolders(tx, holders, {
    kind: "SYSTEM_ALERT",
    resource: { type: "console_recording", id },
    params: { alert: "console_recording_broken", vm: vmName, reason },
  });
}
