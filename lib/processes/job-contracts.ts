import { checkClusterJob, locateNamespaceJob } from "@/lib/clusters/jobs";
import { spreadNews } from "@/lib/core/events";
import type { Job } from "@/lib/core/jobs";
import { refreshDirectoryJob, syncDirectoryJob } from "@/lib/identity/providers/directory/jobs";
import { refreshPeopleJob } from "@/lib/identity/providers/mapping/jobs";
import { closeRequestJob } from "@/lib/requests/jobs";
import { createVmJob, deleteVmJob, dryRunVmJob, powerVmJob, readManifestJob } from "@/lib/vms/jobs";

/** Every job there is; the seed makes a queue for each, the worker a handler. */
export const jobContracts: readonly Job[] = [
  spreadNews,
  createVmJob,
  powerVmJob,
  deleteVmJob,
  dryRunVmJob,
  readManifestJob,
  checkClusterJob,
  locateNamespaceJob,
  closeRequestJob,
  refreshPeopleJob,
  syncDirectoryJob,
  refreshDirectoryJob,
];
