import { db } from "@/lib/core/db";

/** How far a recording has come on the disk. */
export interface RecordingProgress {
  recordingId: string;
  durationMs: number;
  bytes: number;
  chunkCount: number;
  gapCount: number;
  lostBytes: number;
  chainHead: string;
  isPlayable: boolean;
}

/** What is on the disk by now, so that nobody can cut it off unnoticed; how it ended is recorded elsewhere. */
export async function recordProgress(progress: RecordingProgress): Promise<void> {
  const { recordingId, durationMs, bytes, chunkCount, gapCount, lostBytes, chainHead, isPlayable } = progress;
  await db().$executeRaw`
    UPDATE console_recordings SET duration_ms = ${durationMs}::int, bytes = ${bytes}::bigint,
      chunk_count = ${chunkCount}::int, gap_count = ${gapCount}::int, lost_bytes = ${lostBytes}::bigint,
      chain_head = ${chainHead}, is_playable = ${isPlayable}
    WHERE id = ${recordingId} AND status = 'recording' AND chunk_count <= ${chunkCount}::int`;
}
