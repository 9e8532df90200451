import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { requestMachine } from "@/lib/requests/machine";
import { modifyVmInput } from "@/lib/requests/modification/schema";
import { deleteVmInput, requestVmInput } from "@/lib/requests/schema";
import { powerOperations } from "@/lib/vocabulary/power-operations";
import { batchMachine } from "./machine";

export const batchOperations = ["CREATE", "DELETE", "POWER", "MODIFY", "APPROVE"] as const;
export type BatchOperation = (typeof batchOperations)[number];

const id = z.string().min(1).max(64);
const reason = z.string().trim().max(2_000).default("");
const requestId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, "invalid_format")
  .optional();

export const createItem = requestVmInput.omit({ reason: true });
export const deleteItem = deleteVmInput.omit({ reason: true });
export const modifyItem = modifyVmInput.omit({ reason: true });
export const powerItem = z.strictObject({
  vmId: id,
  operation: z.enum(powerOperations),
});

const createBatch = z.strictObject({
  operation: z.literal("CREATE"),
  requestId,
  reason: requestVmInput.shape.reason,
  items: z.array(createItem).min(1).max(10),
});
const deleteBatch = z.strictObject({
  operation: z.literal("DELETE"),
  requestId,
  reason,
  items: z.array(deleteItem).min(1).max(10),
});
const modifyBatch = z.strictObject({
  operation: z.literal("MODIFY"),
  requestId,
  reason: modifyVmInput.shape.reason,
  items: z.array(modifyItem).min(1).max(10),
});
export const powerBatchInput = z.strictObject({
  requestId,
  reason,
  items: z.array(powerItem).min(1).max(50),
});
const powerBatch = powerBatchInput.extend({ operation: z.literal("POWER") });

/** What POST vms/batch takes; power has a door of its own (spec §6). */
export const batchInput = z.discriminatedUnion("operation", [createBatch, deleteBatch, modifyBatch]);
export const submitBatchInput = z.discriminatedUnion("operation", [
  createBatch,
  deleteBatch,
  modifyBatch,
  powerBatch,
]);
export type SubmitBatch = z.output<typeof submitBatchInput>;

/** The same new machine several times. */
export const repeatCreationInput = requestVmInput.extend({
  count: z.coerce.number().int().min(1).max(10),
  requestId,
});
export type RepeatCreation = z.output<typeof repeatCreationInput>;

const chosenVms = z.array(id).min(1).max(50);
/** One operation on the machines that were chosen in the list. */
export const powerChosenInput = z.strictObject({
  operation: powerItem.shape.operation,
  vmId: chosenVms,
  reason,
  requestId,
});
export const deleteChosenInput = z.strictObject({
  vmId: chosenVms.max(10),
  /** What was typed for each, in the same order. */
  confirmName: z.array(z.string().max(100)).max(10),
  reason,
  requestId,
});
export const modifyChosenInput = z.strictObject({
  vmId: chosenVms.max(10),
  cpuCores: modifyVmInput.shape.cpuCores,
  memoryGi: modifyVmInput.shape.memoryGi,
  reason: modifyVmInput.shape.reason,
  requestId,
});
export type ModifyChosen = z.output<typeof modifyChosenInput>;
export type PowerChosen = z.output<typeof powerChosenInput>;
export type DeleteChosen = z.output<typeof deleteChosenInput>;

/** The answer to a submission: the same for the first and for every repetition of it. */
export const batchSubmitted = z.object({
  batchId: z.string(),
  status: z.enum(batchMachine.states),
  statusUrl: z.string(),
  retryAfterSeconds: z.number(),
});
export type BatchSubmitted = z.output<typeof batchSubmitted>;

export const batchFilter = pageQuery.extend({
  /** One's own alone; who may see everybody's sees everybody's otherwise. */
  mine: z.union([z.boolean(), z.stringbool()]).optional(),
  operation: z.enum(batchOperations).optional(),
  status: z.enum(batchMachine.states).optional(),
});
export type BatchFilter = z.output<typeof batchFilter>;

export const batchRow = z.object({
  id: z.string(),
  operation: z.enum(batchOperations),
  status: z.enum(batchMachine.states),
  reason: z.string(),
  createdBy: z.string(),
  createdByName: z.string(),
  childCount: z.number(),
  pendingCount: z.number(),
  successCount: z.number(),
  failedCount: z.number(),
  cancelledCount: z.number(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type BatchRow = z.output<typeof batchRow>;
export const batchPage = pageOf(batchRow);

export const childStates = [...requestMachine.states] as const;
export const batchChild = z.object({
  sequenceNo: z.number(),
  ticketId: z.string(),
  eventId: z.string(),
  operation: z.string(),
  /** Of the request; for a decision of many, of the decision itself. */
  status: z.enum(childStates),
  resourceId: z.string().nullable(),
  resourceName: z.string().nullable(),
  systemName: z.string(),
  serviceName: z.string().nullable(),
  environment: z.string().nullable(),
  requesterName: z.string(),
  attemptCount: z.number(),
  rejectReason: z.string().nullable(),
  /** Why it failed, or why it could not be decided. */
  error: z
    .object({ code: z.string(), message: z.string(), params: z.record(z.string(), z.unknown()) })
    .nullable(),
  finishedAt: z.date().nullable(),
});
export type BatchChild = z.output<typeof batchChild>;
export const batchDetail = batchRow.extend({
  isOwn: z.boolean(),
  canRetry: z.boolean(),
  canCancel: z.boolean(),
  /** Whoever looks may decide what waits in it. */
  canDecide: z.boolean(),
  children: z.array(batchChild),
});
export type BatchDetail = z.output<typeof batchDetail>;

export const batchIdInput = z.strictObject({ batchId: id });
/** What was changed of a batch, by ticket. */
export const affected = z.object({
  batchId: z.string(),
  affectedTicketIds: z.array(z.string()),
  /** Those that could not be, and why. */
  refused: z.array(
    z.object({ ticketId: z.string(), code: z.string(), params: z.record(z.string(), z.unknown()) }),
  ),
});
export type Affected = z.output<typeof affected>;

export const decideBatchInput = z
  .strictObject({
    batchId: id,
    verdict: z.enum(["approve", "reject"]),
    /** A rejection needs one, which each requester reads. */
    reason: z.string().trim().max(2_000).default(""),
  })
  .refine(({ verdict, reason: why }) => verdict === "approve" || why !== "", {
    path: ["reason"],
    message: "required",
  });
export type DecideBatch = z.output<typeof decideBatchInput>;

export const decisionBatchInput = z.strictObject({
  requestId,
  comment: z.string().trim().max(2_000).optional(),
  items: z
    .array(z.strictObject({ ticketId: id, version: z.number().int().min(1).optional() }))
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map(({ ticketId }) => ticketId)).size === all.length, "duplicate"),
});
export type SubmitDecisions = z.output<typeof decisionBatchInput>;

/** What binds one person: the settings, unless an administrator said otherwise of them. */
export interface BatchLimits {
  openBatchesOfAllMax: number;
  openBatchesMax: number;
  waitingChildrenMax: number;
  cooldownSeconds: number;
  isExempt: boolean;
}

export interface LimitUsage {
  openBatchesOfAll: number;
  openBatches: number;
  waitingChildren: number;
  /** Since the person's last batch; null where there was none. */
  secondsSinceLast: number | null;
}
