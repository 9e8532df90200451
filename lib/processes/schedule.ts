import { notifyBatchEndJob, settleDecisionsJob } from "@/lib/batches/jobs";
import { listAbandonedBatches, listUntoldBatches } from "@/lib/batches/queries";
import { discardUploadJob, prepareUploadJob } from "@/lib/catalog/uploads/jobs";
import { listUndiscardedUploads, listUnpreparedUploads } from "@/lib/catalog/uploads/queries";
import { refreshFieldsJob } from "@/lib/catalog/fields/jobs";
import { listDueMinors } from "@/lib/catalog/fields/queries";
import { removeOldChecks } from "@/lib/clusters/health/remove-old-checks";
import { checkClusterJob, readUsageJob } from "@/lib/clusters/jobs";
import { listCheckedClusters } from "@/lib/clusters/queries";
import { purgeRecordings } from "@/lib/console/recordings/purge-recordings";
import { enqueueOnce, type Job } from "@/lib/core/jobs";
import { refreshDirectoryJob } from "@/lib/identity/providers/directory/jobs";
import { listDueDirectories } from "@/lib/identity/providers/directory/queries";
import { deliverNoticeJob } from "@/lib/notifications/deliveries/jobs";
import { listDueDeliveries } from "@/lib/notifications/deliveries/queries";
import { sendDigestJob } from "@/lib/notifications/preferences/jobs";
import { listDueDigests } from "@/lib/notifications/preferences/queries";
import { removeOldNotices } from "@/lib/notifications/remove-old-notices";
import { endEmergencyJob } from "@/lib/requests/emergencies/jobs";
import { listExpiredEmergencies } from "@/lib/requests/emergencies/queries";
import { startHeldJob } from "@/lib/requests/calendar/jobs";
import { listDueHeld } from "@/lib/requests/calendar/queries";
import { holdMachineJob } from "@/lib/requests/quotas/jobs";
import { listUnheldMachines } from "@/lib/requests/quotas/queries";
import { settleStepJob } from "@/lib/requests/workflows/jobs";
import { listDueSteps, listUnanimousSteps } from "@/lib/requests/workflows/queries";
import { sendHappeningsJob } from "@/lib/requests/workflows/temporal/jobs";
import { listForgottenRequests, listUntoldRequests } from "@/lib/requests/workflows/temporal/queries";
import { runReplayJob } from "@/lib/requests/replays/jobs";
import { listUnfinishedReplays } from "@/lib/requests/replays/queries";
import { compareSpecsJob } from "@/lib/vms/modification/jobs";
import { listComparedClusters } from "@/lib/vms/modification/queries";
import { expireVmJob, runScheduleJob } from "@/lib/requests/lifetimes/jobs";
import { listDueLives, listDueRuns } from "@/lib/requests/lifetimes/queries";
import { checkRequestJob, sendRequestJob, withdrawRequestJob } from "@/lib/requests/desks/jobs";
import { listUnasked, listUnsent, listUnwithdrawn } from "@/lib/requests/desks/queries";
import { removeOldDeliveries } from "@/lib/requests/desks/remove-old-deliveries";
import { withdrawDecided } from "@/lib/requests/desks/withdraw-decided";
import { observeAdoptedJob, readFoundJob } from "@/lib/vms/adoption/jobs";
import { listUnreadClusters, listUnwatched } from "@/lib/vms/adoption/queries";
import { removeOldMetrics } from "@/lib/vms/metrics/remove-old-metrics";
import { purgeThumbnails } from "@/lib/vms/thumbnail/purge-thumbnails";

interface ClockRow {
  everySeconds: number;
  tick: () => Promise<void>;
}

/** The clock: what happens by itself, and how often. */
export const schedule: readonly ClockRow[] = [
  forEach(prepareUploadJob, { everySeconds: 30, due: listUnpreparedUploads }),
  forEach(discardUploadJob, { everySeconds: 30, due: listUndiscardedUploads }),
  forEach(notifyBatchEndJob, { everySeconds: 2, due: listUntoldBatches }),
  forEach(settleDecisionsJob, { everySeconds: 60, due: listAbandonedBatches }),
  forEach(checkClusterJob, { everySeconds: 60, due: listCheckedClusters }),
  forEach(readUsageJob, { everySeconds: 600, due: listCheckedClusters }),
  { everySeconds: 3600, tick: removeOldChecks },
  forEach(refreshFieldsJob, { everySeconds: 15, due: listDueMinors }),
  forEach(refreshDirectoryJob, { everySeconds: 60, due: listDueDirectories }),
  forEach(expireVmJob, { everySeconds: 20, due: listDueLives }),
  forEach(runScheduleJob, { everySeconds: 10, due: listDueRuns }),
  forEach(endEmergencyJob, { everySeconds: 5, due: listExpiredEmergencies }),
  forEach(settleStepJob, { everySeconds: 3, due: listDueSteps }),
  forEach(settleStepJob, { everySeconds: 60, due: listUnanimousSteps }),
  forEach(sendHappeningsJob, { everySeconds: 5, due: listUntoldRequests }),
  forEach(sendHappeningsJob, { everySeconds: 60, due: listForgottenRequests }),
  forEach(startHeldJob, { everySeconds: 5, due: listDueHeld }),
  forEach(holdMachineJob, { everySeconds: 10, due: listUnheldMachines }),
  forEach(deliverNoticeJob, { everySeconds: 5, due: listDueDeliveries }),
  forEach(sendDigestJob, { everySeconds: 30, due: listDueDigests }),
  { everySeconds: 3600, tick: removeOldNotices },
  { everySeconds: 300, tick: purgeRecordings },
  forEach(compareSpecsJob, { everySeconds: 120, due: listComparedClusters }),
  forEach(readFoundJob, { everySeconds: 30, due: listUnreadClusters }),
  forEach(runReplayJob, { everySeconds: 60, due: listUnfinishedReplays }),
  forEach(sendRequestJob, { everySeconds: 10, due: listUnsent }),
  forEach(checkRequestJob, { everySeconds: 10, due: listUnasked }),
  forEach(withdrawRequestJob, { everySeconds: 30, due: listUnwithdrawn }),
  { everySeconds: 30, tick: withdrawDecided },
  { everySeconds: 3600, tick: removeOldDeliveries },
  { everySeconds: 10, tick: purgeThumbnails },
  { everySeconds: 3600, tick: removeOldMetrics },
  forEach(observeAdoptedJob, { everySeconds: 10, due: listUnwatched }),
];

/** One job for each that is due; many clocks tick as one. */
function forEach<Payload extends Record<string, string>>(
  job: Job<Payload>,
  { everySeconds, due }: { everySeconds: number; due: () => Promise<Payload[]> },
): ClockRow {
  const tick = async () => {
    for (const payload of await due()) {
      const key = Object.values(payload).join("/");
      await enqueueOnce(job, payload, { key, withinSeconds: everySeconds });
    }
  };
  return { everySeconds, tick };
}
