import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

/** The clock asks again every minute, so a check that failed is not repeated by the queue. */
export const checkClusterJob = defineJob({
  name: "clusters.check",
  payload: z.strictObject({ clusterId: z.string() }),
  retryLimit: 0,
});

/** A question somebody awaits; nobody waits for a second try. */
export const locateNamespaceJob = defineJob({
  name: "clusters.locate-namespace",
  payload: questionPayload,
  retryLimit: 0,
});

export const testConnectionJob = defineJob({
  name: "clusters.test-connection",
  payload: questionPayload,
  retryLimit: 0,
});

export const recheckNamespaceJob = defineJob({
  name: "clusters.recheck-namespace",
  payload: questionPayload,
  retryLimit: 0,
});

/** The clock asks again every ten minutes. */
export const readUsageJob = defineJob({
  name: "clusters.read-usage",
  payload: z.strictObject({ clusterId: z.string() }),
  retryLimit: 0,
});
