import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { locateNamespaceJob } from "./jobs";
import { locatedNamespace, type LocateNamespace, type LocatedNamespace } from "./namespaces/schema";

/** Whether the cluster itself already has the namespace; only a worker may ask it. */
export async function locateNamespace(ctx: Context, input: LocateNamespace): Promise<LocatedNamespace> {
  await authorize(db(), ctx, "cluster:read");
  const cluster = await db().cluster.findUnique({ where: { id: input.clusterId }, select: { id: true } });
  if (cluster === null) throw new AppError("RESOURCE_NOT_FOUND");
  return askWorker(ctx, locateNamespaceJob, { ...input }, locatedNamespace);
}
