import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { platformContext, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { recordedRecording, type StoredRecording } from "./store";

const batchMax = 100;

/** For the clock: what is past its time cannot be opened any more, by anybody, from this moment. */
export async function purgeRecordings(): Promise<void> {
  const ctx = platformContext("retention");
  while ((await purgeBatch(ctx)) === batchMax);
}

/**
 * The key goes with the row's content, so that the file is worthless wherever a copy of it lies; the console processes
 * remove the files themselves.
 */
function purgeBatch(ctx: Context): Promise<number> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const purged = await tx.$queryRaw<StoredRecording[]>`
      UPDATE console_recordings SET status = 'purged', purged_at = clock_timestamp()
      WHERE id IN (SELECT id FROM console_recordings
        WHERE status IN ('complete', 'broken') AND retain_until <= clock_timestamp()
        ORDER BY retain_until LIMIT ${batchMax} FOR UPDATE SKIP LOCKED)
      RETURNING id, jti, vm_id AS "vmId", vm_name AS "vmName", system_id AS "systemId", environment,
        user_name AS "userName", console_type AS "consoleType", status, started_at AS "startedAt",
        chunk_count AS "chunkCount", chain_head AS "chainHead"`;
    const recordingIds = purged.map(({ id }) => id);
    await tx.consoleRecordingKey.deleteMany({ where: { recordingId: { in: recordingIds } } });
    await tx.consoleRecordingOpening.deleteMany({ where: { expiresAt: { lte: ctx.now } } });
    for (const recording of purged) {
      await recordAudit(tx, ctx, {
        action: "console_recording.purge",
        ...recordedRecording(recording),
        details: { jti: recording.jti, startedAt: recording.startedAt },
      });
    }
    return purged.length;
  });
}
