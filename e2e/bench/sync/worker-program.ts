import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { closeChanges } from "@/lib/core/changes";
import { closeDb, db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeJobs } from "@/lib/core/jobs";
import { startSync } from "@/lib/processes/sync";
import { answerParent, readMemory } from "./answer-parent";

/** The worker's own way of following clusters, and nothing else of the worker. */
const stopped = new AbortController();
let done: Promise<void> | undefined;

async function end(): Promise<void> {
  stopped.abort();
  await done;
  closeClusterConnections();
  await Promise.all([closeJobs(), closeChanges()]);
  await closeDb();
}

answerParent(
  {
    memory: readMemory,
    start: async () => {
      // Every worker asks the database in this way, and the first time loads the compiler of queries.
      await db().cluster.findFirst({ where: { id: "none" }, select: { id: true } });
      done = startSync({ workerId: `bench-${newId()}`, signal: stopped.signal });
    },
    stop: end,
  },
  end,
);
