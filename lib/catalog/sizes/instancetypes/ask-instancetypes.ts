import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { readInstancetypesJob } from "./jobs";
import { instancetypeAnswer, type InstancetypeAnswer, type InstancetypePreview } from "./schema";

/** What the cluster has, read by a worker; ten seconds at most. */
export async function askInstancetypes(
  ctx: Context,
  clusterId: string,
): Promise<{ cluster: InstancetypePreview["cluster"]; answer: InstancetypeAnswer }> {
  const cluster = await db().cluster.findUnique({
    where: { id: clusterId },
    select: { id: true, name: true, displayName: true },
  });
  if (cluster === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "cluster" });
  return { cluster, answer: await askWorker(ctx, readInstancetypesJob, { clusterId }, instancetypeAnswer) };
}
