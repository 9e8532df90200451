import { readInstancetypesJob } from "@/lib/catalog/sizes/instancetypes/jobs";
import { readInstancetypes } from "@/lib/catalog/sizes/instancetypes/read-instancetypes.handler";
import { discardUpload } from "@/lib/catalog/uploads/discard-upload.handler";
import { discardUploadJob, prepareUploadJob } from "@/lib/catalog/uploads/jobs";
import { prepareUpload } from "@/lib/catalog/uploads/prepare-upload.handler";
import { noticeVersionJob, refreshFieldsJob } from "@/lib/catalog/fields/jobs";
import { noticeVersion } from "@/lib/catalog/fields/notice-version.handler";
import { refreshFields } from "@/lib/catalog/fields/refresh-fields.handler";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { readUsage } from "@/lib/clusters/capacity/read-usage.handler";
import { testConnection } from "@/lib/clusters/connections/test-connection.handler";
import {
  checkClusterJob,
  locateNamespaceJob,
  readUsageJob,
  recheckNamespaceJob,
  testConnectionJob,
} from "@/lib/clusters/jobs";
import { recheckNamespace } from "@/lib/clusters/namespaces/recheck-namespace.handler";
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
import { findMachines } from "@/lib/vms/adoption/find-machines.handler";
import { importVm } from "@/lib/vms/adoption/import-vm.handler";
import {
  findMachinesJob,
  importVmJob,
  observeAdoptedJob,
  previewImportJob,
  readFoundJob,
} from "@/lib/vms/adoption/jobs";
import { observeAdopted } from "@/lib/vms/adoption/observe-adopted.handler";
import { previewImportHandler } from "@/lib/vms/adoption/preview-import.handler";
import { readFound } from "@/lib/vms/adoption/read-found.handler";
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
  await begin(readFoundJob, readFound, 2);
  await begin(observeAdoptedJob, observeAdopted, 2);
  await begin(importVmJob, importVm, 2);
  await begin(findMachinesJob, findMachines, 2);
  await begin(previewImportJob, previewImportHandler, 2);
  await begin(checkClusterJob, checkCluster, 4);
  await begin(locateNamespaceJob, locateNamespace, 2);
  await begin(readInstancetypesJob, readInstancetypes, 2);
  await begin(prepareUploadJob, prepareUpload, 4);
  await begin(discardUploadJob, discardUpload, 2);
  await begin(testConnectionJob, testConnection, 2);
  await begin(recheckNamespaceJob, recheckNamespace, 2);
  await begin(readUsageJob, readUsage, 2);
  await begin(refreshFieldsJob, refreshFields, 2);
  await begin(noticeVersionJob, noticeVersion, 1);
  await begin(syncDirectoryJob, syncDirectory, 2);
  await begin(refreshDirectoryJob, refreshDirectory, 2);
  await complete(refreshPeopleJob, refreshPeople, 1);
  await complete(closeRequestJob, closeRequest, 10);
  await complete(spreadNews, spread, 10);
}
