import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { policyEffects } from "../policies/rules";
import { policyValues } from "../policies/schema";
import { createWorkflowInput, stepModes } from "../workflows/schema";

const id = z.string().min(1).max(64);
const ids = z.array(id).max(100);
const replayDaysMax = 365;
const days = z.number().int().min(1).max(replayDaysMax);

/** Several changes at once: drafts taken as active, rules left out. */
const changeSet = {
  put: ids.default([]),
  leaveOut: ids.default([]),
};
export const replayPoliciesInput = z.strictObject({ days: days.default(30), ...changeSet });

/** What the editor has on the screen, beside the rules that would be left out. */
export const previewChangesInput = z.strictObject({
  days: days.default(30),
  leaveOut: ids.default([]),
  rule: policyValues
    .extend({ name: z.string().trim().max(80).default("") })
    .nullable()
    .default(null),
  /** The rule whose place the edited one takes. */
  replacesId: id.nullable().default(null),
});

const replayStates = ["queued", "running", "done"] as const;

const replayChange = z.object({
  kind: z.enum(["put", "replace", "leave_out"]),
  id: z.string(),
  name: z.string(),
  effect: z.enum(policyEffects),
});
export type ReplayChange = z.output<typeof replayChange>;

const replayRow = z.object({
  id: z.string(),
  state: z.enum(replayStates),
  days: z.number(),
  since: z.date(),
  until: z.date(),
  changes: z.array(replayChange),
  total: z.number(),
  done: z.number(),
  differing: z.number(),
  /** Differing ones whose requester's roles have changed since, where a rule looks at roles. */
  uncertain: z.number(),
  createdByName: z.string(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type ReplayRow = z.output<typeof replayRow>;
export const replayPage = pageOf(replayRow);

/** One kind of difference: which rule said what, and which would say what instead. */
const replayGroup = z.object({
  operation: z.string(),
  nowEffect: z.enum(policyEffects),
  nowPolicy: z.string().nullable(),
  thenEffect: z.enum(policyEffects),
  thenPolicy: z.string().nullable(),
  requests: z.number(),
  people: z.number(),
});
export type ReplayGroup = z.output<typeof replayGroup>;
export const replayDetail = replayRow.extend({ groups: z.array(replayGroup) });
export type ReplayDetail = z.output<typeof replayDetail>;

export const differenceFilter = pageQuery.extend({
  thenEffect: z.enum(policyEffects).optional(),
  operation: z.string().max(40).optional(),
});
const replayDifference = z.object({
  ticketId: z.string(),
  operation: z.string(),
  environment: z.string(),
  systemName: z.string(),
  resourceName: z.string().nullable(),
  requesterName: z.string(),
  askedAt: z.date(),
  /** What was decided when it was asked. */
  recordedEffect: z.enum(policyEffects).nullable(),
  recordedPolicy: z.string().nullable(),
  nowEffect: z.enum(policyEffects),
  nowPolicy: z.string().nullable(),
  nowWorkflow: z.string().nullable(),
  thenEffect: z.enum(policyEffects),
  thenPolicy: z.string().nullable(),
  thenWorkflow: z.string().nullable(),
  rolesUncertain: z.boolean(),
});
export type ReplayDifference = z.output<typeof replayDifference>;
export const differencePage = pageOf(replayDifference);

export const changesPreview = z.object({
  days: z.number(),
  /** How many requests were asked again, the newest of the time. */
  total: z.number(),
  /** Whether there were more than could be asked at once. */
  truncated: z.boolean(),
  differing: z.number(),
  people: z.number(),
  uncertain: z.number(),
  groups: z.array(replayGroup),
});
export type ChangesPreview = z.output<typeof changesPreview>;

/** A workflow as it stands in the builder, asked over past requests. */
export const previewWorkflowChangesInput = z.strictObject({
  days: days.default(30),
  workflow: createWorkflowInput,
  /** The stored workflow that it is a change of. */
  replacesId: id.nullable().default(null),
});
export type PreviewWorkflowChanges = z.output<typeof previewWorkflowChangesInput>;

const replayStep = z.object({
  name: z.string(),
  mode: z.enum(stepModes),
  needed: z.number(),
  /** Who could decide it today. */
  people: z.array(z.string()),
});
const replaySteps = z.object({ workflowName: z.string().nullable(), steps: z.array(replayStep) });

export const workflowChangesPreview = z.object({
  days: z.number(),
  /** Requests that ask somebody, by the rules as they are. */
  total: z.number(),
  truncated: z.boolean(),
  differing: z.number(),
  people: z.number(),
  /** Each kind of difference with one request's steps, today and with the change; the most frequent first. */
  groups: z.array(
    z.object({
      operation: z.string(),
      requests: z.number(),
      people: z.number(),
      /** The newest of them. */
      ticketId: z.string(),
      now: replaySteps,
      then: replaySteps,
    }),
  ),
});
export type WorkflowChangesPreview = z.output<typeof workflowChangesPreview>;

export const startedReplay = z.object({ id: z.string(), state: z.enum(replayStates) });

export type ReplayPolicies = z.output<typeof replayPoliciesInput>;
export type PreviewChanges = z.output<typeof previewChangesInput>;
export type DifferenceFilter = z.output<typeof differenceFilter>;
