import { readInstancetypesJob } from "@/lib/catalog/sizes/instancetypes/jobs";
import { discardUploadJob, prepareUploadJob } from "@/lib/catalog/uploads/jobs";
import { noticeVersionJob, refreshFieldsJob } from "@/lib/catalog/fields/jobs";
import {
  checkClusterJob,
  locateNamespaceJob,
  readUsageJob,
  recheckNamespaceJob,
  testConnectionJob,
} from "@/lib/clusters/jobs";
import { spreadNews } from "@/lib/core/events";
import type { Job } from "@/lib/core/jobs";
import { refreshDirectoryJob, syncDirectoryJob } from "@/lib/identity/providers/directory/jobs";
import { refreshPeopleJob } from "@/lib/identity/providers/mapping/jobs";
import { closeRequestJob } from "@/lib/requests/jobs";
import {
  findMachinesJob,
  importVmJob,
  observeAdoptedJob,
  previewImportJob,
  readFoundJob,
} from "@/lib/vms/adoption/jobs";
import { createVmJob, deleteVmJob, dryRunVmJob, powerVmJob, readManifestJob } from "@/lib/vms/jobs";

/** Every job there is; the seed makes a queue for each, the worker a handler. */
export const jobContracts: readonly Job[] = [
  spreadNews,
  createVmJob,
  powerVmJob,
  deleteVmJob,
  dryRunVmJob,
  readManifestJob,
  readFoundJob,
  observeAdoptedJob,
  importVmJob,
  findMachinesJob,
  previewImportJob,
  checkClusterJob,
  locateNamespaceJob,
  prepareUploadJob,
  discardUploadJob,
  testConnectionJob,
  recheckNamespaceJob,
  readUsageJob,
  refreshFieldsJob,
  readInstancetypesJob,
  noticeVersionJob,
  closeRequestJob,
  refreshPeopleJob,
  syncDirectoryJob,
  refreshDirectoryJob,
];
