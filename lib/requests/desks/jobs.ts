import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

const requestPayload = z.strictObject({ requestId: z.string() });

/** A request goes out to its desk. Its row says what is due, so that a lost job loses nothing. */
export const sendRequestJob = defineJob({
  name: "desks.send",
  payload: requestPayload,
  retryLimit: 0,
});

/** A desk that does not call back is asked how a request stands. */
export const checkRequestJob = defineJob({ name: "desks.check", payload: requestPayload, retryLimit: 0 });

/** A desk is told that nobody waits for its decision any more. */
export const withdrawRequestJob = defineJob({
  name: "desks.withdraw",
  payload: requestPayload,
  retryLimit: 0,
});

/** What was sent once is sent once more, because somebody asks for it. */
export const redeliverJob = defineJob({
  name: "desks.redeliver",
  payload: z.strictObject({ deliveryId: z.string() }),
  retryLimit: 0,
});

/** The test button waits for the desk's answer. */
export const testDeskJob = defineJob({ name: "desks.test", payload: questionPayload, retryLimit: 0 });
