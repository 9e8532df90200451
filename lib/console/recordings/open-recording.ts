import { requirePerson } from "@/lib/console/store";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireRecording } from "./queries";
import { openingMinutes, recordingIndexPath, recordingStreamPath, type OpeningPurpose } from "./rules";
import type { OpenedRecording, RecordingInput } from "./schema";
import { findRecording, recordedRecording, requireKept, type StoredRecording } from "./store";

/** To look at a recording leaves a record, once for each time it is opened; its parts are then read under that opening. */
export function openRecording(ctx: Context, { recordingId }: RecordingInput): Promise<OpenedRecording> {
  return inTransaction(async (tx) => {
    const recording = await requireOpenable(tx, ctx, recordingId);
    const { openingId, expiresAt } = await writeOpening(tx, ctx, { recordingId, purpose: "view" });
    await recordAudit(tx, ctx, {
      action: "console_recording.view",
      ...recordedRecording(recording),
      details: { openingId, jti: recording.jti, vmId: recording.vmId },
    });
    return {
      openingId,
      expiresAt,
      indexPath: recordingIndexPath(recordingId, openingId),
      streamPath: recordingStreamPath(recordingId, openingId),
    };
  });
}

/** A step: one that the actor may look at and that has not been purged. */
export async function requireOpenable(tx: Tx, ctx: Context, recordingId: string): Promise<StoredRecording> {
  await requireRecording(tx, ctx, recordingId);
  const recording = await findRecording(tx, recordingId);
  if (recording === null) throw new Error("a recording went while it was looked at");
  requireKept(recording);
  return recording;
}

/** A step: the right to read the parts of one recording for a while, in this session alone. */
export async function writeOpening(
  tx: Tx,
  ctx: Context,
  { recordingId, purpose }: { recordingId: string; purpose: OpeningPurpose },
): Promise<{ openingId: string; expiresAt: Date }> {
  const person = requirePerson(ctx);
  const openingId = newId();
  const [row] = await tx.$queryRaw<{ expiresAt: Date }[]>`
    INSERT INTO console_recording_openings (id, recording_id, user_id, session_id, purpose, expires_at)
    VALUES (${openingId}, ${recordingId}, ${person.id}, ${person.sessionId}, ${purpose},
      clock_timestamp() + make_interval(mins => ${openingMinutes[purpose]}::int))
    RETURNING expires_at AS "expiresAt"`;
  if (row === undefined) throw new Error("an opening was written without an answer");
  return { openingId, expiresAt: row.expiresAt };
}
