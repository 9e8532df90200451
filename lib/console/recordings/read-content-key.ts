import { envelope } from "@/lib/core/secrets";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { openFor } from "@/lib/core/keyring";
import { findOpening, requireRecording } from "./queries";
import { recordingBinding, type OpeningPurpose } from "./rules";
import { findRecording, requireKept, type StoredRecording } from "./store";

export interface ReadableRecording extends StoredRecording {
  purpose: OpeningPurpose;
  contentKey: Buffer;
}

/**
 * What a recording's bytes are opened with, for whoever has opened it and may still look at it. Only a process that holds
 * the cluster keyring can answer.
 * @throws RESOURCE_NOT_FOUND, INVALID_STATE
 */
export async function readContentKey(
  ctx: Context,
  { recordingId, openingId }: { recordingId: string; openingId: string },
): Promise<ReadableRecording> {
  await requireRecording(db(), ctx, recordingId);
  const [opening, recording] = await Promise.all([
    findOpening(ctx, { recordingId, openingId }),
    findRecording(db(), recordingId),
  ]);
  if (opening === null || recording === null)
    throw new AppError("RESOURCE_NOT_FOUND", { object: "console_recording" });
  requireKept(recording);
  const key = await db().consoleRecordingKey.findUnique({
    where: { recordingId },
    select: { envelope: true },
  });
  if (key === null) throw new AppError("RESOURCE_NOT_FOUND", { object: "console_recording" });
  const contentKey = await openFor("cluster", envelope.parse(key.envelope), recordingBinding(recordingId));
  return { ...recording, purpose: opening.purpose, contentKey: Buffer.from(contentKey, "base64") };
}
