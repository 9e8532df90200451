import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requireOpenable, writeOpening } from "./open-recording";
import { recordingFilePath } from "./rules";
import type { ExportedRecording, ExportRecording } from "./schema";
import { recordedRecording } from "./store";

/** A file that leaves the portal: with a second factor, a reason and a record; it is fetched within minutes. */
export function exportRecording(
  ctx: Context,
  { recordingId, reason }: ExportRecording,
): Promise<ExportedRecording> {
  return inTransaction(async (tx) => {
    const recording = await requireOpenable(tx, ctx, recordingId);
    await requireStepUp(tx, ctx, "export_recording");
    const { openingId, expiresAt } = await writeOpening(tx, ctx, { recordingId, purpose: "export" });
    await recordAudit(tx, ctx, {
      action: "console_recording.export",
      ...recordedRecording(recording),
      details: { openingId, jti: recording.jti, vmId: recording.vmId, reason },
    });
    return { filePath: recordingFilePath(recordingId, openingId), expiresAt };
  });
}
