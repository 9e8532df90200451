import { z } from "zod";
import { consoleAccessInput } from "@/lib/console/schema";
import { requestAccessInput } from "../access/schema";
import { requestVmInput } from "../schema";

const id = z.string().min(1).max(64);
const said = z.string().trim().min(1).max(4_000);
const version = z.number().int().min(1).optional();

export const commentInput = z.strictObject({ ticketId: id, body: said });
export type AddComment = z.output<typeof commentInput>;

export const informationInput = z.strictObject({ ticketId: id, question: said, version });
export type AskForInformation = z.output<typeof informationInput>;

const asked = requestVmInput.shape;

/** What a requester may change of a request that waits; null takes a wish back, absent leaves it. */
const changeShape = {
  reason: asked.reason.optional(),
  templateId: asked.templateId.optional(),
  instanceSizeId: asked.instanceSizeId.optional(),
  targetCpuCores: asked.targetCpuCores.nullable(),
  targetMemoryGi: asked.targetMemoryGi.nullable(),
  targetDiskGb: asked.targetDiskGb.nullable(),
  fields: asked.fields,
  minutes: consoleAccessInput.shape.minutes.optional(),
  role: requestAccessInput.shape.role.optional(),
  /** Bounded by what is asked for: a role, or a longer life. */
  days: z.number().int().min(1).max(3_650).optional(),
};
const changes = z.strictObject(changeShape);
export type Changes = z.output<typeof changes>;

export const resubmitInput = changes.extend({
  ticketId: id,
  version,
  /** What is said to whoever asked. */
  answer: z.string().trim().max(4_000).default(""),
});
export type Resubmit = z.output<typeof resubmitInput>;

export const commentKinds = ["comment", "question", "answer", "system"] as const;
export type CommentKind = (typeof commentKinds)[number];

/** One difference between two revisions. */
export const revisionChange = z.object({
  path: z.string(),
  before: z.json().nullable(),
  after: z.json().nullable(),
});
export type RevisionChange = z.output<typeof revisionChange>;

const commentRow = z.object({
  id: z.string(),
  kind: z.enum(commentKinds),
  authorId: z.string().nullable(),
  authorName: z.string().nullable(),
  body: z.string(),
  revision: z.number(),
  createdAt: z.date(),
});
export type CommentRow = z.output<typeof commentRow>;

const revisionRow = z.object({
  revision: z.number(),
  changedByName: z.string(),
  changedAt: z.date(),
  diff: z.array(revisionChange),
});
export type RevisionRow = z.output<typeof revisionRow>;

export const conversation = z.object({ comments: z.array(commentRow), revisions: z.array(revisionRow) });
export type Conversation = z.output<typeof conversation>;

/** Where a request stands after it was given back to its approvers. */
export const resubmitted = z.object({
  ticketId: z.string(),
  revision: z.number(),
  /** What was decided so far no longer counts, because something else is asked for now. */
  startsOver: z.boolean(),
});
export type Resubmitted = z.output<typeof resubmitted>;
