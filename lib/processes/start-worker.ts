import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { checkClusterJob, locateNamespaceJob } from "@/lib/clusters/jobs";
import { locateNamespace } from "@/lib/clusters/locate-namespace.handler";
import { startConsumer, type Consumer } from "@/lib/core/consume-jobs";
import { env } from "@/lib/core/env";
import { spreadNews } from "@/lib/core/events";
import { refreshDirectoryJob, syncDirectoryJob } from "@/lib/identity/providers/directory/jobs";
import { refreshDirectory } from "@/lib/identity/providers/directory/refresh-directory.handler";
import { syncDirectory } from "@/lib/identity/providers/directory/sync-directory.handler";
import { refreshPeopleJob } from "@/lib/identity/providers/mapping/jobs";
import { refreshPeople } from "@/lib/identity/providers/mapping/refresh-people.handler";
import { returnLeases } from "@/lib/core/leases";
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
  const consumer = await startConsumer();
  await workOnEverything(consumer);
  runClock(abort.signal);
  const sync = startSync({ workerId, signal: abort.signal });
  return {
    stop: async () => {
      abort.abort();
      await consumer.stop(drainMs);
      await returnLeases(workerId);
      await sync;
      closeClusterConnections();
    },
  };
}

/** Job name → handler, one line each. */
async function workOnEverything({ begin, complete }: Consumer): Promise<void> {
  await begin(createVmJob, createVm, env().MAX_WORKERS);
  await begin(powerVmJob, powerVm, 4);
  await begin(deleteVmJob, deleteVm, 4);
  await begin(dryRunVmJob, dryRunVm, 4);
  await begin(readManifestJob, readManifest, 2);
  await begin(checkClusterJob, checkCluster, 4);
  await begin(locateNamespaceJob, locateNamespace, 2);
  await begin(syncDirectoryJob, syncDirectory, 2);
  await begin(refreshDirectoryJob, refreshDirectory, 2);
  await complete(refreshPeopleJob, refreshPeople, 1);
  await complete(closeRequestJob, closeRequest, 10);
  await complete(spreadNews, spread, 10);
}
