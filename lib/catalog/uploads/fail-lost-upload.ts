import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { abandonedSeconds } from "./rules";
import { failUpload } from "./store";

/** A process that holds the file had so long to take the upload up again. */
const lostSeconds = 600;

interface LostUpload {
  id: string;
  displayName: string;
  clusterId: string;
  status: string;
}

/** Ends what can no longer go on: files whose disk is gone, and files that nobody sends. */
export function failLostUploads(ctx: Context): Promise<number> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const lost = await tx.$queryRaw<LostUpload[]>`
      SELECT id, display_name AS "displayName", cluster_id AS "clusterId", status FROM image_uploads
      WHERE (status IN ('CHECKING', 'SENDING')
          AND coalesce(lease_until, updated_at) < clock_timestamp() - make_interval(secs => ${lostSeconds}))
        OR (status = 'RECEIVING'
          AND coalesce(lease_until, updated_at) < clock_timestamp() - make_interval(secs => ${abandonedSeconds}))
      FOR UPDATE SKIP LOCKED`;
    for (const { id, displayName, clusterId, status } of lost) {
      const code = status === "RECEIVING" ? "abandoned" : "staged_lost";
      await failUpload(tx, { uploadId: id, isStagedLost: true }, { code });
      await recordAudit(tx, ctx, {
        action: "image_upload.complete",
        outcome: "failure",
        resource: { type: "image_upload", id, name: displayName },
        parent: { type: "cluster", id: clusterId },
        details: { code },
      });
    }
    return lost.length;
  });
}
