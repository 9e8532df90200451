import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

/** A question a page asks; nobody waits for a second try. */
export const readClusterEventsJob = defineJob({
  name: "vms.read-cluster-events",
  payload: questionPayload,
  retryLimit: 0,
});

/** An operation has failed: what its cluster says of it now is kept, because a cluster forgets within the hour. */
export const keepClusterEventsJob = defineJob({
  name: "vms.keep-cluster-events",
  payload: z.strictObject({ eventId: z.string() }),
  retryLimit: 3,
});
