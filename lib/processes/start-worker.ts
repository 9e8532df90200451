import { notifyBatchEndJob, settleDecisionsJob } from "@/lib/batches/jobs";
import { notifyBatchEnd } from "@/lib/batches/notify-batch-end.handler";
import { settleDecisions } from "@/lib/batches/settle-decisions.handler";
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
import { deliverNotice } from "@/lib/notifications/deliveries/deliver-notice.handler";
import { deliverNoticeJob, startDeliveriesJob } from "@/lib/notifications/deliveries/jobs";
import { startDeliveries } from "@/lib/notifications/deliveries/start-deliveries.handler";
import { sendDigestJob } from "@/lib/notifications/preferences/jobs";
import { sendDigest } from "@/lib/notifications/preferences/send-digest.handler";
import { workerId } from "@/lib/core/worker-identity";
import { closeRequest } from "@/lib/requests/close-request.handler";
import { expireEmergency } from "@/lib/requests/emergencies/expire-emergency.handler";
import { endEmergencyJob } from "@/lib/requests/emergencies/jobs";
import { startHeldJob } from "@/lib/requests/calendar/jobs";
import { startHeld } from "@/lib/requests/calendar/start-held.handler";
import { expireVm } from "@/lib/requests/lifetimes/expire-vm.handler";
import { expireVmJob, runScheduleJob } from "@/lib/requests/lifetimes/jobs";
import { runSchedule } from "@/lib/requests/lifetimes/run-schedule.handler";
import { checkRequest } from "@/lib/requests/desks/check-request.handler";
import {
  checkRequestJob,
  redeliverJob,
  sendRequestJob,
  testDeskJob,
  withdrawRequestJob,
} from "@/lib/requests/desks/jobs";
import { sendAgainHandler } from "@/lib/requests/desks/send-again.handler";
import { sendRequest } from "@/lib/requests/desks/send-request.handler";
import { testDeskHandler } from "@/lib/requests/desks/test-desk.handler";
import { withdrawRequest } from "@/lib/requests/desks/withdraw-request.handler";
import { closeRequestJob } from "@/lib/requests/jobs";
import { runReplayJob } from "@/lib/requests/replays/jobs";
import { runReplay } from "@/lib/requests/replays/run-replay.handler";
import { holdMachine } from "@/lib/requests/quotas/hold-machine.handler";
import { holdMachineJob } from "@/lib/requests/quotas/jobs";
import { settleStepJob } from "@/lib/requests/workflows/jobs";
import { settleStep } from "@/lib/requests/workflows/settle-step.handler";
import { sendHappeningsJob } from "@/lib/requests/workflows/temporal/jobs";
import { sendHappenings } from "@/lib/requests/workflows/temporal/send-happenings.handler";
import { settleHappening } from "@/lib/requests/workflows/temporal/settle-happening.handler";
import { cloneVm } from "@/lib/snapshots/clone-vm.handler";
import { deleteSnapshot } from "@/lib/snapshots/delete-snapshot.handler";
import { cloneVmJob, deleteSnapshotJob, restoreSnapshotJob, takeSnapshotJob } from "@/lib/snapshots/jobs";
import { restoreSnapshot } from "@/lib/snapshots/restore-snapshot.handler";
import { takeSnapshot } from "@/lib/snapshots/take-snapshot.handler";
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
import { keepClusterEventsJob, readClusterEventsJob } from "@/lib/vms/explanation/jobs";
import { keepClusterEvents } from "@/lib/vms/explanation/keep-cluster-events.handler";
import { readClusterEvents } from "@/lib/vms/explanation/read-cluster-events.handler";
import { readHardwareJob } from "@/lib/vms/hardware/jobs";
import { readHardware } from "@/lib/vms/hardware/read-hardware.handler";
import { compareSpecs } from "@/lib/vms/modification/compare-specs.handler";
import { compareSpecsJob, modifyVmJob, planModificationJob } from "@/lib/vms/modification/jobs";
import { modifyVm } from "@/lib/vms/modification/modify-vm.handler";
import { planModification } from "@/lib/vms/modification/plan-modification.handler";
import { powerVm } from "@/lib/vms/power-vm.handler";
import { readManifest } from "@/lib/vms/read-manifest.handler";
import { testMetricsSourceJob } from "@/lib/clusters/metrics-source/jobs";
import { testMetricsSource } from "@/lib/clusters/metrics-source/test-metrics-source.handler";
import { readGuestJob } from "@/lib/vms/guest/jobs";
import { readGuest } from "@/lib/vms/guest/read-guest.handler";
import { readMetricsJob } from "@/lib/vms/metrics/jobs";
import { readMetrics } from "@/lib/vms/metrics/read-metrics.handler";
import { takeThumbnailJob } from "@/lib/vms/thumbnail/jobs";
import { takeThumbnail } from "@/lib/vms/thumbnail/take-thumbnail.handler";
import { runClock } from "./run-clock";
import { runTurns } from "./run-turns";
import { runApprovals } from "./run-approvals";
import { spread } from "./spread-news";
import { workOf } from "./subscriptions";
import { startSync } from "./sync";

const drainMs = 25_000;

/** One worker: queue, clock and sync; ends within the drain time, handing back what is unfinished. */
export async function startWorker(): Promise<{ stop: () => Promise<void> }> {
  const abort = new AbortController();
  const consumer = await startConsumer();
  await workOnEverything(consumer);
  runClock(abort.signal);
  runTurns(abort.signal, async ({ eventId, eventType }) => {
    const job = workOf[eventType];
    if (job !== undefined) await consumer.run(job, { eventId });
  });
  const sync = startSync({ workerId, signal: abort.signal });
  const approvals = runApprovals(abort.signal, { settleHappening });
  return {
    stop: async () => {
      abort.abort();
      await consumer.stop(drainMs);
      await returnLeases(workerId);
      await Promise.all([sync, approvals]);
      closeClusterConnections();
    },
  };
}

/** Job name → handler, one line each. */
async function workOnEverything({ begin, complete }: Consumer): Promise<void> {
  await begin(createVmJob, createVm, env().MAX_WORKERS);
  await begin(powerVmJob, powerVm, env().MAX_WORKERS);
  await begin(deleteVmJob, deleteVm, env().MAX_WORKERS);
  await begin(dryRunVmJob, dryRunVm, 4);
  await begin(modifyVmJob, modifyVm, 4);
  await begin(planModificationJob, planModification, 4);
  await begin(readHardwareJob, readHardware, 4);
  await begin(compareSpecsJob, compareSpecs, 2);
  await begin(takeSnapshotJob, takeSnapshot, 4);
  await begin(restoreSnapshotJob, restoreSnapshot, 4);
  await begin(cloneVmJob, cloneVm, 4);
  await begin(deleteSnapshotJob, deleteSnapshot, 2);
  await begin(readManifestJob, readManifest, 2);
  await begin(readClusterEventsJob, readClusterEvents, 4);
  await begin(keepClusterEventsJob, keepClusterEvents, 2);
  await begin(readGuestJob, readGuest, 4);
  await begin(takeThumbnailJob, takeThumbnail, 4);
  await begin(readMetricsJob, readMetrics, 4);
  await begin(testMetricsSourceJob, testMetricsSource, 2);
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
  await begin(deliverNoticeJob, deliverNotice, 8);
  await complete(startDeliveriesJob, startDeliveries, 2);
  await complete(sendDigestJob, sendDigest, 2);
  await complete(refreshPeopleJob, refreshPeople, 1);
  await begin(startHeldJob, startHeld, 4);
  await begin(settleStepJob, settleStep, 4);
  await begin(sendHappeningsJob, sendHappenings, 8);
  await begin(holdMachineJob, holdMachine, 2);
  await complete(notifyBatchEndJob, notifyBatchEnd, 10);
  await complete(settleDecisionsJob, settleDecisions, 1);
  await begin(sendRequestJob, sendRequest, 8);
  await begin(checkRequestJob, checkRequest, 4);
  await begin(withdrawRequestJob, withdrawRequest, 2);
  await begin(redeliverJob, sendAgainHandler, 2);
  await begin(testDeskJob, testDeskHandler, 2);
  await complete(closeRequestJob, closeRequest, 10);
  await complete(runReplayJob, runReplay, 1);
  await complete(expireVmJob, expireVm, 5);
  await complete(runScheduleJob, runSchedule, 5);
  await complete(endEmergencyJob, expireEmergency, 2);
  await complete(spreadNews, spread, 10);
}
