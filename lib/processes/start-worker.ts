import { PgBoss, type Job as FetchedJob } from "pg-boss";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { checkClusterJob } from "@/lib/clusters/jobs";
import { env, sessionDatabaseUrl } from "@/lib/core/env";
import { spreadNews } from "@/lib/core/events";
import type { Job } from "@/lib/core/jobs";
import { returnLeases } from "@/lib/core/leases";
import { logger } from "@/lib/core/logger";
import { workerId } from "@/lib/core/worker-identity";
import { closeRequest } from "@/lib/requests/close-request.handler";
import { closeRequestJob } from "@/lib/requests/jobs";
import { createVm } from "@/lib/vms/create-vm.handler";
import { deleteVm } from "@/lib/vms/delete-vm.handler";
import { dryRunVm } from "@/lib/vms/dry-run-vm.handler";
import { createVmJob, deleteVmJob, dryRunVmJob, powerVmJob, readManifestJob } from "@/lib/vms/jobs";
import { powerVm } from "@/lib/vms/power-vm.handler";
import { readManifest } from "@/lib/vms/read-manifest.handler";
import { runClock } from "./run-clock";
import { spread } from "./spread-news";
import { startSync } from "./sync";

const drainMs = 25_000;

/** One worker: queue, clock and sync; ends within the drain time, handing back what is unfinished. */
export async function startWorker(): Promise<{ stop: () => Promise<void> }> {
  const abort = new AbortController();
  const queue = await startQueue();
  await workOnEverything(queue);
  runClock(abort.signal);
  const sync = startSync({ workerId, signal: abort.signal });
  return {
    stop: async () => {
      abort.abort();
      await queue.stop({ graceful: true, timeout: drainMs });
      await returnLeases(workerId);
      await sync;
      closeClusterConnections();
    },
  };
}

/** Job name → handler, one line each. */
async function workOnEverything(queue: PgBoss): Promise<void> {
  await work(queue, createVmJob, createVm, env().MAX_WORKERS);
  await work(queue, powerVmJob, powerVm, 4);
  await work(queue, deleteVmJob, deleteVm, 4);
  await work(queue, dryRunVmJob, dryRunVm, 4);
  await work(queue, readManifestJob, readManifest, 2);
  await work(queue, checkClusterJob, checkCluster, 4);
  await work(queue, closeRequestJob, closeRequest, 4);
  await work(queue, spreadNews, spread, 2);
}

async function work<Payload extends object>(
  queue: PgBoss,
  job: Job<Payload>,
  handler: (payload: Payload) => Promise<void>,
  concurrency: number,
): Promise<void> {
  const options = { localConcurrency: concurrency, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 10 };
  await queue.work(job.name, options, async (fetched: FetchedJob[]) => {
    for (const { data } of fetched) await handler(job.payload.parse(data));
  });
}

async function startQueue(): Promise<PgBoss> {
  const queue = new PgBoss({
    connectionString: sessionDatabaseUrl(),
    max: 10,
    migrate: false,
    createSchema: false,
    schedule: false,
    useListenNotify: true,
  });
  queue.on("error", (error) => logger("queue").warn({ err: error }, "queue trouble"));
  await queue.start();
  return queue;
}
