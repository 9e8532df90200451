import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { syncDirectoryJob } from "./jobs";
import type { SyncDirectory } from "./schema";
import { failAbandonedJobs, readDirectory } from "./store";

/**
 * Has a worker take people over from a directory; one such job of a provider at a time.
 * @throws NOT_SUPPORTED, CONFLICT {problem: in_progress}
 */
export async function startDirectorySync(ctx: Context, input: SyncDirectory): Promise<{ jobId: string }> {
  await authorize(db(), ctx, "auth_provider:sync");
  const { provider } = await readDirectory(input.providerId);
  const jobId = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "auth_provider:sync");
      await failAbandonedJobs(tx, provider.id);
      const asked = input.externalIds === undefined ? {} : { externalIds: input.externalIds };
      await tx.directorySyncJob.create({
        data: {
          id: jobId,
          providerId: provider.id,
          syncMode: "manual_import",
          requestSnapshot: asked,
          createdBy: actorId(ctx.actor),
        },
        select: { id: true },
      });
      await enqueue(tx, syncDirectoryJob, { jobId });
      await recordAudit(tx, ctx, {
        action: "auth_provider.sync",
        resource: { type: "auth_provider", id: provider.id, name: provider.name },
        details: { jobId, chosen: input.externalIds?.length ?? null },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("CONFLICT", { problem: "in_progress" });
    throw error;
  }
  return { jobId };
}
