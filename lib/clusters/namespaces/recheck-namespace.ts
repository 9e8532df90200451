import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { recheckNamespaceJob } from "@/lib/clusters/jobs";
import { recheckedNamespace, type RecheckedNamespace, type RecheckNamespace } from "./schema";

/** Has a worker look for the namespace in every cluster of its environment that is switched on. */
export async function recheckNamespace(ctx: Context, input: RecheckNamespace): Promise<RecheckedNamespace> {
  await authorize(db(), ctx, "cluster:read");
  const namespace = await db().namespace.findUnique({
    where: { id: input.namespaceId },
    select: { name: true, environment: true },
  });
  if (namespace === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "namespace" });
  return askWorker(ctx, recheckNamespaceJob, namespace, recheckedNamespace);
}
