import { checkClusterJob } from "@/lib/clusters/jobs";
import { listCheckedClusters } from "@/lib/clusters/queries";
import { enqueueOnce, type Job } from "@/lib/core/jobs";
import { refreshDirectoryJob } from "@/lib/identity/providers/directory/jobs";
import { listDueDirectories } from "@/lib/identity/providers/directory/queries";

interface ClockRow {
  everySeconds: number;
  tick: () => Promise<void>;
}

/** The clock: what happens by itself, and how often. */
export const schedule: readonly ClockRow[] = [
  forEach(checkClusterJob, { everySeconds: 60, due: listCheckedClusters }),
  forEach(refreshDirectoryJob, { everySeconds: 60, due: listDueDirectories }),
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
