import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { environmentClasses } from "@/lib/vocabulary/environments";
import { operations } from "@/lib/vocabulary/operations";
import type { TermChoices } from "../access/schema";
import type { ApprovalChoices } from "../schema";
import { stepMachine } from "./machine";

const id = z.string().min(1).max(64);
const cores = z.number().min(0.5).max(512);
const memoryGi = z.number().min(0.5).max(65_536);
const diskGb = z.number().int().min(1).max(65_536);

/** user, role and cohort name somebody; the others follow from the request. */
export const approverKinds = ["user", "role", "owners", "keepers", "cohort", "holders"] as const;
export type ApproverKind = (typeof approverKinds)[number];
/** Kinds that name a row of their own. */
export const namedKinds = ["user", "role", "cohort"] as const satisfies ApproverKind[];

export const approverRef = z
  .strictObject({ kind: z.enum(approverKinds), refId: id.nullable().default(null) })
  .refine(({ kind, refId }) => namedKinds.some((named) => named === kind) === (refId !== null), {
    message: "required",
    path: ["refId"],
  });
export type ApproverRef = z.output<typeof approverRef>;

/** When a step or a workflow applies; what is absent or null does not matter. */
export const conditionShape = z.strictObject({
  operations: z.array(z.enum(operations)).max(operations.length).default([]),
  environment: z.enum(["all", ...environmentClasses]).default("all"),
  environmentName: z.string().max(60).nullable().default(null),
  minCpuCores: cores.nullable().default(null),
  minMemoryGi: memoryGi.nullable().default(null),
  minDiskGb: diskGb.nullable().default(null),
  requiresGpu: z.boolean().nullable().default(null),
  costClass: z.string().trim().min(1).max(40).nullable().default(null),
});
export type Condition = z.output<typeof conditionShape>;

/** What an approver may change of a request, by the names of the approval form. */
export const editableFields = [
  ...(["clusterId", "templateVersion", "storageClass", "cpuRequest", "cpuLimit"] as const),
  ...(["memoryRequestGi", "memoryLimitGi", "diskGb", "role", "days"] as const),
] as const satisfies readonly (keyof ApprovalChoices | keyof TermChoices)[];
export type EditableField = (typeof editableFields)[number];

export const timeoutHoursMax = 24 * 90;
export const escalationsMax = 3;

const approvers = z.array(approverRef).min(1).max(20);

export const stepDefinition = z.strictObject({
  name: z.string().trim().max(80).default(""),
  /** Runs beside the step before it. */
  parallel: z.boolean().default(false),
  mode: z.enum(["any", "all", "quorum"]).default("any"),
  /** How many of a quorum. */
  needed: z.number().int().min(1).max(50).default(1),
  approvers,
  condition: conditionShape.nullable().default(null),
  timeoutHours: z.number().min(0.1).max(timeoutHoursMax).nullable().default(null),
  onTimeout: z.enum(["remind", "escalate", "reject", "approve"]).default("remind"),
  /** Each entry is asked when the one before has let its time pass. */
  escalateTo: z.array(approvers).max(escalationsMax).default([]),
  /** Null: whatever an approval may change. */
  editable: z.array(z.enum(editableFields)).max(editableFields.length).nullable().default(null),
});
export type StepDefinition = z.output<typeof stepDefinition>;
export const stepModes = ["any", "all", "quorum"] as const;
export const onTimeouts = ["remind", "escalate", "reject", "approve"] as const;

/** What a ticket keeps for ever: the whole of it, whatever becomes of the workflow. */
export const frozenWorkflow = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  revision: z.number(),
  steps: z.array(stepDefinition),
});
export type FrozenWorkflow = z.output<typeof frozenWorkflow>;

const workflowFields = {
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(500).default(""),
  enabled: z.boolean().default(true),
  priority: z.number().int().min(1).max(10_000).default(100),
  match: conditionShape.extend({ systemId: id.nullable().default(null) }),
  steps: z
    .array(stepDefinition)
    .min(1)
    .max(20)
    .superRefine((steps, check) => {
      for (const [index, step] of steps.entries()) {
        if (step.onTimeout === "escalate" && step.escalateTo.length === 0)
          check.addIssue({ code: "custom", message: "required", path: [index, "escalateTo"] });
        if (step.onTimeout !== "remind" && step.timeoutHours === null)
          check.addIssue({ code: "custom", message: "required", path: [index, "timeoutHours"] });
      }
    }),
};
export const createWorkflowInput = z.strictObject(workflowFields);
export type CreateWorkflow = z.output<typeof createWorkflowInput>;
export const updateWorkflowInput = z.strictObject({
  ...workflowFields,
  workflowId: id,
  /** The revision that was looked at. */
  revision: z.number().int().min(1),
});
export type UpdateWorkflow = z.output<typeof updateWorkflowInput>;
export const createdWorkflow = z.object({ id: z.string() });
export const changedWorkflow = z.object({ id: z.string(), revision: z.number() });
export const deleteWorkflowInput = z.strictObject({ workflowId: id });
export type DeleteWorkflow = z.output<typeof deleteWorkflowInput>;

export const workflowMatch = conditionShape.extend({ systemId: z.string().nullable() });
export type WorkflowMatch = z.output<typeof workflowMatch>;

export const workflowRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  priority: z.number(),
  match: workflowMatch,
  systemName: z.string().nullable(),
  steps: z.array(stepDefinition),
  revision: z.number(),
  /** How many requests wait in it now, with the steps they were asked under. */
  waiting: z.number(),
  updatedAt: z.date(),
});
export type WorkflowRow = z.output<typeof workflowRow>;
export const workflowFilter = pageQuery.extend({ q: z.string().trim().max(80).optional() });
export type WorkflowFilter = z.output<typeof workflowFilter>;
export const workflowPage = pageOf(workflowRow);

/** Whom a step of a question would ask; for the tester and before a submission. */
export const testWorkflowInput = z.strictObject({
  operation: z.enum([...operations, "SYSTEM_ACCESS"]),
  systemId: id,
  environment: z.string().min(1).max(60).nullable().default(null),
  requesterId: id.optional(),
  cpuCores: cores.optional(),
  memoryGi: memoryGi.optional(),
  diskGb: diskGb.optional(),
  gpus: z.number().int().min(0).max(64).default(0),
  costClass: z.string().trim().max(40).optional(),
  /** A draft asks itself instead of what would be chosen. */
  steps: workflowFields.steps.optional(),
});
export type TestWorkflow = z.output<typeof testWorkflowInput>;

/** Why somebody may decide. */
export const eligibility = z.object({
  kind: z.enum([...approverKinds, "administrator"]),
  /** The role, the cohort or the System that makes it so. */
  through: z.string().nullable(),
  /** The role's id, by which built-in ones are named in the reader's language. */
  roleId: z.string().nullable(),
  /** The System a role is limited to, or the role on the System. */
  scope: z.string().nullable(),
  /** In whose place, and until when. */
  standsInFor: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  until: z.date().nullable(),
});
export type Eligibility = z.output<typeof eligibility>;

export const eligiblePerson = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  why: z.array(eligibility),
});
export type EligiblePerson = z.output<typeof eligiblePerson>;

const stepHead = {
  position: z.number(),
  stage: z.number(),
  name: z.string(),
  mode: z.enum(["any", "all", "quorum"]),
  needed: z.number(),
  timeoutHours: z.number().nullable(),
  onTimeout: z.enum(["remind", "escalate", "reject", "approve"]),
  skipReason: z.string().nullable(),
  eligible: z.array(eligiblePerson),
};

export const previewedSteps = z.object({
  workflowId: z.string().nullable(),
  workflowName: z.string().nullable(),
  steps: z.array(z.object({ ...stepHead, canFinish: z.boolean() })),
});
export type PreviewedSteps = z.output<typeof previewedSteps>;

export const timelineStep = z.object({
  ...stepHead,
  id: z.string(),
  status: z.enum(stepMachine.states),
  escalationLevel: z.number(),
  escalations: z.number(),
  editable: z.array(z.string()).nullable(),
  activatedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  remainingSeconds: z.number().nullable(),
  finishedAt: z.date().nullable(),
  /** Whoever looks may decide it now. */
  isMine: z.boolean(),
  decisions: z.array(
    z.object({
      approverName: z.string(),
      onBehalfOfName: z.string().nullable(),
      verdict: z.enum(["approve", "reject"]),
      comment: z.string(),
      level: z.number(),
      at: z.date(),
    }),
  ),
});
export type TimelineStep = z.output<typeof timelineStep>;

export const timeline = z.object({
  ticketId: z.string(),
  workflowName: z.string().nullable(),
  dispatcher: z.string(),
  status: z.string(),
  round: z.number(),
  pausedSince: z.date().nullable(),
  /** Something was said that has not been carried out yet. */
  onItsWay: z.boolean(),
  steps: z.array(timelineStep),
  /** What happened, in order. */
  happenings: z.array(
    z.object({
      at: z.date(),
      action: z.string(),
      actorName: z.string(),
      outcome: z.enum(["success", "failure"]),
      details: z.record(z.string(), z.json()),
    }),
  ),
});
export type Timeline = z.output<typeof timeline>;
