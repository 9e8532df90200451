import { discardUploadJob, prepareUploadJob } from "@/lib/catalog/uploads/jobs";
import { listUndiscardedUploads, listUnpreparedUploads } from "@/lib/catalog/uploads/queries";
import { refreshFieldsJob } from "@/lib/catalog/fields/jobs";
import { listDueMinors } from "@/lib/catalog/fields/queries";
import { removeOldChecks } from "@/lib/clusters/health/remove-old-checks";
import { checkClusterJob, readUsageJob } from "@/lib/clusters/jobs";
import { listCheckedClusters } from "@/lib/clusters/queries";
import { enqueueOnce, type Job } from "@/lib/core/jobs";
import { refreshDirectoryJob } from "@/lib/identity/providers/directory/jobs";
import { listDueDirectories } from "@/lib/identity/providers/directory/queries";
import { observeAdoptedJob, readFoundJob } from "@/lib/vms/adoption/jobs";
import { listUnreadClusters, listUnwatched } from "@/lib/vms/adoption/queries";

interface ClockRow {
  everySeconds: number;
  tick: () => Promise<void>;
}

/** The clock: what happens by itself, and how often. */
export const schedule: readonly ClockRow[] = [
  forEach(prepareUploadJob, { everySeconds: 30, due: listUnpreparedUploads }),
  forEach(discardUploadJob, { everySeconds: 30, due: listUndiscardedUploads }),
  forEach(checkClusterJob, { everySeconds: 60, due: listCheckedClusters }),
  forEach(readUsageJob, { everySeconds: 600, due: listCheckedClusters }),
  { everySeconds: 3600, tick: removeOldChecks },
  forEach(refreshFieldsJob, { everySeconds: 15, due: listDueMinors }),
  forEach(refreshDirectoryJob, { everySeconds: 60, due: listDueDirectories }),
  forEach(readFoundJob, { everySeconds: 30, due: listUnreadClusters }),
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
