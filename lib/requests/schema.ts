import { z } from "zod";
import { consoleAccessInput } from "@/lib/console/schema";
import { dryRunVerdict } from "@/lib/vms/schema";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { operationSteps } from "@/lib/vocabulary/event-types";
import { operationTypes } from "@/lib/vocabulary/operations";
import { resourceRoles } from "@/lib/vocabulary/permissions";
import { accessTerms, requestAccessInput, termChoices } from "./access/schema";
import { requestCloneInput } from "./clones/schema";
import { openingShape, startAt } from "./calendar/schema";
import { clusterCheck, routeMembers, waitingMembers } from "./cockpit/schema";
import { candidateShape } from "./placement/schema";
import { increaseQuotaInput, quotaPreview } from "./quotas/schema";
import { modifyVmInput } from "./modification/schema";
import { requestExtensionInput, requestScheduleInput } from "./lifetimes/schema";
import { requestMachine } from "./machine";
import { requestSnapshotInput, restoreVmInput } from "./snapshots/schema";
import { previewedSteps } from "./workflows/schema";

const id = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(2_000);
const halfStep = z.number().min(0.5).max(512).multipleOf(0.5);
/** Words and numbers alone: lists and objects are the template's own to give. */
const fields = z
  .record(z.string().min(1).max(200), z.union([z.string().max(500), z.number(), z.boolean()]))
  .refine((values) => Object.keys(values).length <= 100, "too_many");
const diskGb = z.number().int().min(1).max(65_536);

/** What a person may say of a new VM; name, labels, cluster, storage class and cloud-init are refused (spec §5.10). */
export const requestVmInput = z.strictObject({
  serviceId: id,
  templateId: id,
  instanceSizeId: id,
  namespace: z.string().min(1).max(15),
  reason,
  targetCpuCores: halfStep.optional(),
  targetMemoryGi: halfStep.optional(),
  targetDiskGb: diskGb.optional(),
  /** How long it is to live, within what its environment allows. */
  lifetimeDays: z.number().int().min(1).max(3_650).optional(),
  /** What the template lets a requester set, by path. */
  fields: fields.optional(),
  startAt: startAt.optional(),
});
export type RequestVm = z.output<typeof requestVmInput>;

/** The same before the reason is written. */
export const previewRequestInput = requestVmInput.extend({
  reason: z.string().trim().max(2_000).default(""),
});
export type PreviewRequest = z.output<typeof previewRequestInput>;

export const powerInput = z.strictObject({
  vmId: id,
  reason: z.string().trim().max(2_000).default(""),
  startAt: startAt.optional(),
});
export const deleteVmInput = z.strictObject({
  vmId: id,
  reason: z.string().trim().max(2_000).default(""),
  confirm: z.union([z.boolean(), z.stringbool()]).optional(),
  confirmName: z.string().max(100).optional(),
  startAt: startAt.optional(),
});
export type PowerVm = z.output<typeof powerInput>;
export type DeleteVm = z.output<typeof deleteVmInput>;

export const submitInput = z.discriminatedUnion("operation", [
  requestVmInput.extend({ operation: z.literal("CREATE_VM") }),
  powerInput.extend({ operation: z.literal("START_VM") }),
  powerInput.extend({ operation: z.literal("STOP_VM") }),
  powerInput.extend({ operation: z.literal("RESTART_VM") }),
  powerInput.extend({ operation: z.literal("FORCE_STOP_VM") }),
  powerInput.extend({ operation: z.literal("PAUSE_VM") }),
  powerInput.extend({ operation: z.literal("RESUME_VM") }),
  powerInput.extend({ operation: z.literal("SOFT_REBOOT_VM") }),
  powerInput.extend({ operation: z.literal("RESET_VM") }),
  deleteVmInput.extend({ operation: z.literal("DELETE_VM") }),
  modifyVmInput.extend({ operation: z.literal("MODIFY_VM") }),
  consoleAccessInput.extend({ operation: z.literal("VNC_ACCESS") }),
  requestSnapshotInput.extend({ operation: z.literal("CREATE_SNAPSHOT") }),
  restoreVmInput.extend({ operation: z.literal("RESTORE_SNAPSHOT") }),
  requestCloneInput.extend({ operation: z.literal("CLONE_VM") }),
  requestAccessInput.extend({ operation: z.literal("SYSTEM_ACCESS") }),
  requestExtensionInput.extend({ operation: z.literal("EXTEND_VM") }),
  requestScheduleInput.extend({ operation: z.literal("SCHEDULE_VM") }),
  increaseQuotaInput.extend({ operation: z.literal("INCREASE_QUOTA") }),
]);
export type SubmitRequest = z.output<typeof submitInput>;

/** The answer to a submission: where to look, and whether somebody has to decide. */
export const submitted = z.object({
  eventId: z.string(),
  ticketId: z.string(),
  status: z.enum(["PENDING_APPROVAL", "ACCEPTED"]),
  links: z.object({ event: z.string(), ticket: z.string() }),
});
export type Submitted = z.output<typeof submitted>;

/** What an approver may change; absent means as asked. Never the namespace, never the service (spec §5.11). */
export const approvalChoices = z.strictObject({
  clusterId: id.optional(),
  templateVersion: z.number().int().min(1).optional(),
  storageClass: z.string().max(253).optional(),
  cpuRequest: halfStep.optional(),
  cpuLimit: halfStep.optional(),
  memoryRequestGi: halfStep.optional(),
  memoryLimitGi: halfStep.optional(),
  diskGb: diskGb.optional(),
});
export type ApprovalChoices = z.output<typeof approvalChoices>;

export const approveInput = approvalChoices.extend({
  ticketId: id,
  ...termChoices,
  /** The version that was looked at; a ticket changed since is refused. */
  version: z.number().int().min(1).optional(),
  modificationReason: z.string().trim().max(2_000).optional(),
  /** A word beside the approval, kept with its step. */
  comment: z.string().trim().max(2_000).optional(),
});
export type ApproveRequest = z.output<typeof approveInput>;

export const previewInput = approvalChoices.extend({ ticketId: id });
export type PreviewApproval = z.output<typeof previewInput>;

export const rejectInput = z.strictObject({
  ticketId: id,
  reason,
  version: z.number().int().min(1).optional(),
});
export const cancelInput = z.strictObject({ ticketId: id, reason: z.string().trim().max(2_000).default("") });
export type RejectRequest = z.output<typeof rejectInput>;
export type CancelRequest = z.output<typeof cancelInput>;

export const statusGroups = {
  ACTIVE: ["PENDING", "APPROVED", "EXECUTING"],
  TERMINAL: ["REJECTED", "CANCELLED", "SUCCESS", "FAILED"],
  ATTENTION: ["FAILED", "REJECTED"],
} as const;

export const requestFilter = pageQuery.extend({
  mine: z.union([z.boolean(), z.stringbool()]).optional(),
  statusGroup: z.enum(["ACTIVE", "TERMINAL", "ATTENTION"]).optional(),
  status: z.enum(requestMachine.states).optional(),
  operationType: z.enum(operationTypes).optional(),
  environment: z.string().max(60).optional(),
  /** What ran in the name of one emergency. */
  emergencyId: id.optional(),
  q: z.string().max(100).optional(),
});
export type RequestFilter = z.output<typeof requestFilter>;

export const requestRow = z.object({
  id: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  operationType: z.enum(operationTypes),
  operation: z.string(),
  status: z.enum(requestMachine.states),
  requesterId: z.string(),
  requesterName: z.string(),
  approverName: z.string().nullable(),
  reason: z.string(),
  rejectReason: z.string().nullable(),
  resourceType: z.string(),
  resourceId: z.string().nullable(),
  resourceName: z.string().nullable(),
  systemId: z.string(),
  systemName: z.string(),
  /** The place of a machine; a request for access names a System alone. */
  serviceName: z.string().nullable(),
  namespace: z.string().nullable(),
  environment: z.string().nullable(),
  /** The role and the time of a request for access: as given or, before that, as asked for. */
  access: accessTerms.nullable(),
  templateName: z.string().nullable(),
  sizeName: z.string().nullable(),
  steps: z.partialRecord(z.enum(operationSteps), z.string()),
  daysPending: z.number(),
  createdAt: z.date(),
  approvedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  ...waitingMembers,
  version: z.number(),
});
export type RequestRow = z.output<typeof requestRow>;
export const requestPage = pageOf(requestRow);

const sized = z.object({ cpuCores: z.number(), memoryGi: z.number(), diskGb: z.number() });

export const requestDetail = requestRow.extend({
  serviceId: z.string().nullable(),
  templateId: z.string().nullable(),
  instanceSizeId: z.string().nullable(),
  accessAsked: accessTerms.nullable(),
  /** The role the requester has on the System now, told while somebody has to decide. */
  accessHeld: z.enum(resourceRoles).nullable(),
  accessUntil: z.date().nullable(),
  /** What has become of a role that was given. */
  accessState: z.enum(["held", "ended", "changed"]).nullable(),
  policyName: z.string().nullable(),
  modificationReason: z.string().nullable(),
  selectedClusterName: z.string().nullable(),
  selectedStorageClass: z.string().nullable(),
  asked: sized.nullable(),
  final: sized.nullable(),
  minutes: z.number().nullable(),
  coversRestart: z.boolean(),
  attemptCount: z.number(),
  eventMessage: z.string().nullable(),
  lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
  vmStatus: z.string().nullable(),
  vmStatusMessage: z.string().nullable(),
  vmClusterStatus: z.string().nullable(),
  vmImportProgress: z.string().nullable(),
  rejectedAt: z.date().nullable(),
  cancelledAt: z.date().nullable(),
  ...routeMembers,
});
export type RequestDetail = z.output<typeof requestDetail>;

/** A verdict on a request before anybody decides: where it fits, and what the clusters' own admission says. */
export const placementPreview = z.object({
  candidates: z.array(candidateShape),
  verdicts: z.array(dryRunVerdict),
  /** Why the clusters could not be asked, where they could not. */
  notChecked: z.string().nullable(),
  /** Who would decide, told to the requester before asking. */
  approval: z
    .object({
      required: z.boolean(),
      effect: z.enum(["run", "ask", "deny"]),
      policyName: z.string().nullable(),
      /** Who could say the first word; empty where some step has nobody. */
      approvers: z.array(z.object({ username: z.string(), displayName: z.string() })),
      /** Every step it would pass, and who could decide each. */
      steps: previewedSteps.optional(),
    })
    .optional(),
  /** What it would take of its System's room. */
  quota: quotaPreview.optional(),
  /** When it would begin if it were approved now; null where freezes leave no moment. */
  opening: openingShape.nullable().optional(),
  /** The name it would get now. */
  vmName: z.string().optional(),
  /** When the clusters were asked, and what they had said before. */
  checks: z.array(clusterCheck).optional(),
});
export type PlacementPreview = z.output<typeof placementPreview>;
