import { z } from "zod";

/** When a cluster was asked about exactly this machine, and what it had said of the very same before. */
export const clusterCheck = z.object({
  clusterId: z.string(),
  checkedAt: z.date(),
  before: z
    .object({ result: z.enum(["accepted", "refused"]), message: z.string(), checkedAt: z.date() })
    .nullable(),
});
export type ClusterCheck = z.output<typeof clusterCheck>;

/** Who asks: what an approver would otherwise look up. */
export interface RequesterFacts {
  username: string;
  /** On the System the request is about. */
  role: string | null;
  machines: number;
  approved: number;
  rejected: number;
  waiting: number;
}

/** Of a request in a list: whom it waits for besides its approvers. */
export const waitingMembers = {
  /** Counts what the requester changed while it waited. */
  revision: z.number(),
  /** Since when it waits for its requester's answer. */
  infoRequestedAt: z.date().nullable(),
  /** Approved, and starts then. */
  heldUntil: z.date().nullable(),
  externalState: z.string().nullable(),
  batchId: z.string().nullable(),
};

/** Of one request: which way it went. */
export const routeMembers = {
  /** What was asked for besides where and why. */
  wishes: z.record(z.string(), z.json()),
  /** What approvers of earlier steps have changed. */
  pendingChoices: z.record(z.string(), z.json()).nullable(),
  policyId: z.string().nullable(),
  policyEffect: z.string().nullable(),
  workflowName: z.string().nullable(),
  /** Not before, as its requester wishes. */
  startAt: z.date().nullable(),
  /** Why what is approved has not started. */
  holdReason: z.object({ kind: z.string(), name: z.string().nullable() }).nullable(),
  emergencyId: z.string().nullable(),
  /** The desk outside that it was given to. */
  outside: z
    .object({
      system: z.string(),
      externalId: z.string().nullable(),
      url: z.string().nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
};
