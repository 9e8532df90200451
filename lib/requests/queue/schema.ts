import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { operationTypes } from "@/lib/vocabulary/operations";
import { candidateShape } from "../placement/schema";
import { requestDetail, requestRow } from "../schema";

const id = z.string().min(1).max(64);

export const queueViews = ["mine", "watch", "information", "outside"] as const;
export type QueueView = (typeof queueViews)[number];
export const urgencies = ["urgent", "warning", "normal"] as const;

export const queueFilter = pageQuery.extend({
  /** What waits for oneself, all one may watch, what waits for its requester, or what lies on a desk outside. */
  view: z.enum(queueViews).optional(),
  tier: z.enum(urgencies).optional(),
  operationType: z.enum(operationTypes).optional(),
  environment: z.string().max(60).optional(),
  systemId: id.optional(),
  requesterId: id.optional(),
  q: z.string().max(100).optional(),
});
export type QueueFilter = z.output<typeof queueFilter>;

const queueRow = requestRow.extend({
  tier: z.enum(urgencies),
  /** When it becomes urgent: its step's time limit, or its age. */
  urgentAt: z.date(),
  dueAt: z.date().nullable(),
  /** The steps that ask somebody now. */
  stepNames: z.array(z.string()),
  /** Whoever looks may decide it now. */
  waitsForMe: z.boolean(),
});
export type QueueRow = z.output<typeof queueRow>;
export const queuePage = pageOf(queueRow);

/** Of whom and about what requests wait: what the queue can be narrowed to. */
export interface QueueFacets {
  systems: { id: string; name: string }[];
  requesters: { id: string; name: string }[];
}

export const decidedTogetherMax = 20;
const items = z
  .array(z.strictObject({ ticketId: id, version: z.number().int().min(1).optional() }))
  .min(1)
  .max(decidedTogetherMax)
  .refine((all) => new Set(all.map(({ ticketId }) => ticketId)).size === all.length, "duplicate");

export const approveManyInput = z.strictObject({ items, comment: z.string().trim().max(2_000).optional() });
export type ApproveMany = z.output<typeof approveManyInput>;
export const rejectManyInput = z.strictObject({ items, reason: z.string().trim().min(1).max(2_000) });
export type RejectMany = z.output<typeof rejectManyInput>;

/** What became of one of many: decided, or refused with its code. */
export interface ItemResult {
  ticketId: string;
  ok: boolean;
  code: string | null;
  params: Record<string, unknown>;
}
export interface ManyResults {
  results: ItemResult[];
}

/** One request as whoever decides it sees it. */
export const desk = z.object({
  request: requestDetail,
  candidates: z.array(candidateShape),
  /** False with the reason why this person may look and not decide. */
  canDecide: z.boolean(),
  refusal: z.enum(["own_request", "permission", "turn", "decided"]).nullable(),
  similar: z.array(requestRow),
});
