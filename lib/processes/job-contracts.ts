import { notifyBatchEndJob, settleDecisionsJob } from "@/lib/batches/jobs";
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
import { deliverNoticeJob, startDeliveriesJob } from "@/lib/notifications/deliveries/jobs";
import { sendDigestJob } from "@/lib/notifications/preferences/jobs";
import { endEmergencyJob } from "@/lib/requests/emergencies/jobs";
import { startHeldJob } from "@/lib/requests/calendar/jobs";
import { expireVmJob, runScheduleJob } from "@/lib/requests/lifetimes/jobs";
import {
  checkRequestJob,
  redeliverJob,
  sendRequestJob,
  testDeskJob,
  withdrawRequestJob,
} from "@/lib/requests/desks/jobs";
import { closeRequestJob } from "@/lib/requests/jobs";
import { runReplayJob } from "@/lib/requests/replays/jobs";
import { holdMachineJob } from "@/lib/requests/quotas/jobs";
import { settleStepJob } from "@/lib/requests/workflows/jobs";
import { sendHappeningsJob } from "@/lib/requests/workflows/temporal/jobs";
import { cloneVmJob, deleteSnapshotJob, restoreSnapshotJob, takeSnapshotJob } from "@/lib/snapshots/jobs";
import {
  findMachinesJob,
  importVmJob,
  observeAdoptedJob,
  previewImportJob,
  readFoundJob,
} from "@/lib/vms/adoption/jobs";
import { keepClusterEventsJob, readClusterEventsJob } from "@/lib/vms/explanation/jobs";
import { readHardwareJob } from "@/lib/vms/hardware/jobs";
import { compareSpecsJob, modifyVmJob, planModificationJob } from "@/lib/vms/modification/jobs";
import { createVmJob, deleteVmJob, dryRunVmJob, powerVmJob, readManifestJob } from "@/lib/vms/jobs";
import { testMetricsSourceJob } from "@/lib/clusters/metrics-source/jobs";
import { readGuestJob } from "@/lib/vms/guest/jobs";
import { readMetricsJob } from "@/lib/vms/metrics/jobs";
import { takeThumbnailJob } from "@/lib/vms/thumbnail/jobs";

/** Every job there is; the seed makes a queue for each, the worker a handler. */
export const jobContracts: readonly Job[] = [
  spreadNews,
  createVmJob,
  powerVmJob,
  deleteVmJob,
  dryRunVmJob,
  modifyVmJob,
  planModificationJob,
  readHardwareJob,
  compareSpecsJob,
  takeSnapshotJob,
  restoreSnapshotJob,
  deleteSnapshotJob,
  cloneVmJob,
  readManifestJob,
  readClusterEventsJob,
  keepClusterEventsJob,
  readGuestJob,
  takeThumbnailJob,
  readMetricsJob,
  testMetricsSourceJob,
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
  sendRequestJob,
  checkRequestJob,
  withdrawRequestJob,
  redeliverJob,
  testDeskJob,
  notifyBatchEndJob,
  settleDecisionsJob,
  runReplayJob,
  startHeldJob,
  settleStepJob,
  sendHappeningsJob,
  holdMachineJob,
  endEmergencyJob,
  expireVmJob,
  runScheduleJob,
  startDeliveriesJob,
  deliverNoticeJob,
  sendDigestJob,
  refreshPeopleJob,
  syncDirectoryJob,
  refreshDirectoryJob,
];
