import { z } from "zod";
import { offeredField } from "@/lib/catalog/templates/schema";
import { vmMachine } from "@/lib/vms/machine";
import { planAnswer, planRow } from "@/lib/vms/modification/schema";
import { startAt } from "../calendar/schema";

const id = z.string().min(1).max(64);
const halfStep = z.number().min(0.5).max(512).multipleOf(0.5);

/** What may be asked of a machine that stands; its name, namespace and service stay (spec §5.13). */
export const modifyVmInput = z.strictObject({
  vmId: id,
  reason: z.string().trim().min(1).max(2_000),
  cpuCores: halfStep.optional(),
  memoryGi: halfStep.optional(),
  diskGb: z.number().int().min(1).max(65_536).optional(),
  /** Of disks besides the one it starts from, by their name. */
  disks: z
    .record(z.string().min(1).max(253), z.number().int().min(1).max(65_536))
    .refine((sizes) => Object.keys(sizes).length <= 32, "too_many")
    .optional(),
  /** Another size; its own amounts count where none are named. */
  instanceSizeId: id.optional(),
  /** What the template lets a requester set, by path. */
  fields: z
    .record(z.string().min(1).max(200), z.union([z.string().max(500), z.number(), z.boolean()]))
    .refine((values) => Object.keys(values).length <= 100, "too_many")
    .optional(),
  /** As it was in this revision. */
  rollbackTo: z.number().int().min(1).optional(),
  /** Undo what somebody has changed in the cluster. */
  putBack: z.boolean().optional(),
  startAt: startAt.optional(),
});
export type ModifyVm = z.output<typeof modifyVmInput>;

/** The same before the reason is written. */
export const previewModificationInput = modifyVmInput.extend({
  reason: z.string().trim().max(2_000).default(""),
});
export type PreviewModification = z.output<typeof previewModificationInput>;

/** What of an earlier state cannot be had again, and why. */
const unreachableRow = z.object({
  field: z.string(),
  wanted: z.json(),
  reason: z.enum(["disk_shrinks"]),
});
export type UnreachableRow = z.output<typeof unreachableRow>;

export const modificationPreview = z.object({
  rows: z.array(planRow),
  check: planAnswer.shape.check,
  unreachable: z.array(unreachableRow),
  /** When the cluster was asked; null where it did not answer. */
  readAt: z.date().nullable(),
  approval: z.object({
    effect: z.enum(["run", "ask", "deny"]),
    policyName: z.string().nullable(),
    approvers: z.array(z.object({ username: z.string(), displayName: z.string() })),
  }),
});
export type ModificationPreview = z.output<typeof modificationPreview>;

/** One field of a request: as it was asked, as it was decided, as the cluster has it. */
const threeWayRow = z.object({
  path: z.string(),
  asked: z.json(),
  changed: z.json(),
  live: z.json(),
  /** False where nobody has read this of the cluster. */
  isRead: z.boolean(),
  /** What was decided is not what was asked. */
  isChanged: z.boolean(),
  /** What the cluster has is not what was decided. */
  isDrifted: z.boolean(),
});
export type ThreeWayRow = z.output<typeof threeWayRow>;

export const threeWay = z.object({
  rows: z.array(threeWayRow),
  /** Nobody has decided yet. */
  isPending: z.boolean(),
  /** When the cluster's machine was last read; null before there is one. */
  liveAt: z.date().nullable(),
});
export type ThreeWay = z.output<typeof threeWay>;

/** What a form of a change starts from. */
export const modifyContext = z.object({
  vm: z.object({
    id: z.string(),
    name: z.string(),
    status: z.enum(vmMachine.states),
    origin: z.string(),
    cpuCores: z.number(),
    memoryGi: z.number(),
    diskGb: z.number(),
    instanceSizeId: z.string().nullable(),
    restartRequired: z.boolean(),
  }),
  bounds: z.object({
    cpuCoresMax: z.number(),
    memoryGiMax: z.number(),
    diskGbMin: z.number(),
    diskGbMax: z.number(),
  }),
  sizes: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      cpuCores: z.number(),
      memoryGi: z.number(),
      minDiskGb: z.number(),
      maxDiskGb: z.number(),
    }),
  ),
  /** Its disks besides the one it starts from, as they were read last. */
  disks: z.array(z.object({ name: z.string(), sizeGb: z.number(), isExpandable: z.boolean().nullable() })),
  /** What its template lets a requester set; `default` is what it has now. */
  fields: z.array(offeredField),
  /** Another change is on its way. */
  pendingTicketId: z.string().nullable(),
  /** It is in a state that fits, and no other change is on its way. */
  isChangeable: z.boolean(),
});
export type ModifyContext = z.output<typeof modifyContext>;
