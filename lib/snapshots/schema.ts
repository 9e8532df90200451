import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { restoreMachine, snapshotMachine } from "./machine";

const id = z.string().min(1).max(64);

export const snapshotFilter = pageQuery.extend({ vmId: id });
export type SnapshotFilter = z.output<typeof snapshotFilter>;

export const snapshotInput = z.strictObject({ snapshotId: id });
export type SnapshotInput = z.output<typeof snapshotInput>;

const restoreRow = z.object({
  id: z.string(),
  status: z.enum(restoreMachine.states),
  statusMessage: z.string().nullable(),
  ticketId: z.string(),
  createdByName: z.string(),
  createdAt: z.date(),
  completedAt: z.date().nullable(),
});

export const snapshotRow = z.object({
  id: z.string(),
  vmId: z.string(),
  label: z.string(),
  status: z.enum(snapshotMachine.states),
  statusMessage: z.string().nullable(),
  sizeGb: z.number(),
  /** How it was taken, in the cluster's words. */
  indications: z.array(z.string()),
  ticketId: z.string(),
  createdByName: z.string(),
  createdAt: z.date(),
  readyAt: z.date().nullable(),
  /** The last time the machine went back to it. */
  lastRestore: restoreRow.nullable(),
});
export type SnapshotRow = z.output<typeof snapshotRow>;
export const snapshotPage = pageOf(snapshotRow);

/** What the cluster and the disk of a machine allow. */
export const snapshotAbility = z.object({
  isAble: z.boolean(),
  reason: z.enum(["snapshots", "snapshot_class"]).nullable(),
});
export type SnapshotAbility = z.output<typeof snapshotAbility>;
