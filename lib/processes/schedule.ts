import { checkClusterJob } from "@/lib/clusters/jobs";
import { listCheckedClusters } from "@/lib/clusters/queries";
import type { Job } from "@/lib/core/jobs";

interface ClockRow {
  job: Job<{ clusterId: string }>;
  everySeconds: number;
  /** One job for each of these. */
  each: () => Promise<{ clusterId: string }[]>;
}

/** The clock: what happens by itself, and how often. */
export const schedule: readonly ClockRow[] = [
  { job: checkClusterJob, everySeconds: 60, each: listCheckedClusters },
];
