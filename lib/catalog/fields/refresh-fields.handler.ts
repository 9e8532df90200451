import type { z } from "zod";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readKubevirtVersion, readMachineFields } from "@/lib/adapters/kubevirt/open-api";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { refreshFieldsJob } from "./jobs";
import { isBundled, minorOf, retrySecondsAfter } from "./minors/rules";
import { listClustersOfMinor } from "./queries";
import { claimAttempt, keepFields, recordFailure } from "./store";
import type { StoredSchema } from "./stored/schema";

const timeoutMs = 30_000;

/** Reads the fields of a minor from one of the clusters that run it, once and for good (spec §5.8). */
export async function refreshFields({ minor }: z.output<typeof refreshFieldsJob.payload>): Promise<void> {
  if (isBundled(minor)) return;
  const clusters = await listClustersOfMinor(minor);
  if (clusters.length === 0) return;
  const attempt = await inTransaction((tx) => claimAttempt(tx, minor));
  if (attempt === null) return;

  // Another cluster each time, so that one with a broken answer does not keep the minor from the others'.
  const cluster = clusters[(attempt - 1) % clusters.length];
  if (cluster === undefined) return;
  const answer = await fetchFields(minor, cluster.id);
  if (answer.fields === null) {
    const words = `${cluster.name}: ${answer.words}`;
    const failure = { minor, words, waitSeconds: retrySecondsAfter(attempt) };
    return inTransaction((tx) => recordFailure(tx, failure));
  }
  await keepAnswer({ minor, cluster, fields: answer.fields });
}

async function keepAnswer({
  minor,
  cluster,
  fields,
}: {
  minor: string;
  cluster: { id: string; name: string };
  fields: StoredSchema;
}): Promise<void> {
  const ctx = platformContext("worker");
  await inTransaction(async (tx) => {
    const isNew = await keepFields(tx, ctx, { minor, clusterId: cluster.id, fields });
    if (!isNew) return;
    await recordAudit(tx, ctx, {
      action: "schema.refresh",
      resource: { type: "field_schema", id: minor, name: `KubeVirt ${minor}` },
      details: { cluster: cluster.name },
    });
  });
}

type Answer = { fields: StoredSchema } | { fields: null; words: string };

async function fetchFields(minor: string, clusterId: string): Promise<Answer> {
  try {
    const client = await connectCluster(clusterId);
    const root = await readMachineFields(client, { timeoutMs });
    // Asked after the fields: a cluster that was upgraded in between must not lend its new ones to the old minor.
    const version = await readKubevirtVersion(client, { timeoutMs: 10_000 });
    if (minorOf(version) !== minor) return { fields: null, words: `runs ${version} now` };
    return { fields: { root, shapes: {} } };
  } catch (error) {
    if (error instanceof ClusterFailure) return { fields: null, words: error.message };
    if (error instanceof AppError) return { fields: null, words: error.code };
    throw error;
  }
}
