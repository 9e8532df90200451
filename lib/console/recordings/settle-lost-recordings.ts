import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { finishRecording } from "./finish-recording";
import type { RecordingProgress } from "./record-progress";
import { proxySilentSeconds } from "@/lib/console/rules";
import { settledSeconds } from "./rules";

type Measured = Pick<RecordingProgress, "durationMs" | "bytes" | "chunkCount" | "chainHead">;

const batchMax = 50;

type LostRecording = Omit<RecordingProgress, "recordingId" | "chainHead"> & {
  id: string;
  chainHead: string | null;
  /** The process that carried the session died with it. */
  isProcessLost: boolean;
};

/** The process that asks: what it still writes is not lost, what else it carried is. */
interface Settler {
  proxyId: string;
  openIds: ReadonlySet<string>;
}

/**
 * Sessions that are over and whose recorder never said goodbye: their process died. What of it is whole counts.
 * Whatever a living process carried is its own to settle, however long its disk takes.
 * @param measure reads it on this process's disk; null where it is not there
 */
export async function settleLostRecordings(
  ctx: Context,
  measure: (recordingId: string) => Promise<Measured | null>,
  { proxyId, openIds }: Settler,
): Promise<number> {
  const lost = await db().$queryRaw<LostRecording[]>`
    SELECT r.id, r.duration_ms AS "durationMs", r.bytes::float8 AS bytes, r.chunk_count AS "chunkCount",
      r.chain_head AS "chainHead", r.gap_count AS "gapCount", r.lost_bytes::float8 AS "lostBytes", r.is_playable AS "isPlayable",
      coalesce(t.closed_reason = 'proxy_lost', TRUE) AS "isProcessLost"
    FROM console_recordings r LEFT JOIN vnc_access_tokens t ON t.jti = r.jti
    WHERE r.status = 'recording' AND r.started_at < clock_timestamp() - make_interval(secs => ${settledSeconds})
      AND (t.jti IS NULL OR t.closed_at < clock_timestamp() - make_interval(secs => ${settledSeconds}))
      AND r.id <> ALL (${[...openIds]}::text[])
      AND (t.proxy_id = ${proxyId} OR NOT EXISTS (SELECT FROM worker_instances i WHERE i.id = t.proxy_id
        AND i.last_heartbeat > clock_timestamp() - make_interval(secs => ${proxySilentSeconds})))
    ORDER BY r.started_at LIMIT ${batchMax}`;
  for (const { id, isProcessLost, ...told } of lost) {
    const known = { ...told, recordingId: id, chainHead: told.chainHead ?? "", ...(await measure(id)) };
    // A session that ended before anything came over it leaves nothing to record.
    const isEmpty = !isProcessLost && known.chunkCount === 0;
    await finishRecording(ctx, { ...known, brokenReason: isEmpty ? null : "process_lost" });
  }
  return lost.length;
}
