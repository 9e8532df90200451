import { z } from "zod";
import { snapshotAbility } from "@/lib/snapshots/schema";
import { startAt } from "../calendar/schema";

const id = z.string().min(1).max(64);
const reason = z.string().trim().max(2_000).default("");

export const requestSnapshotInput = z.strictObject({
  vmId: id,
  /** What people call it. */
  label: z.string().trim().min(1).max(80),
  reason,
  startAt: startAt.optional(),
});
export type RequestSnapshot = z.output<typeof requestSnapshotInput>;

/** Whoever takes a machine back says why: what it has written since is lost. */
export const requestRestoreInput = z.strictObject({
  snapshotId: id,
  reason: z.string().trim().min(1).max(2_000),
  startAt: startAt.optional(),
});
export type RequestRestore = z.output<typeof requestRestoreInput>;

/** The same once the machine of the snapshot is known. */
export const restoreVmInput = requestRestoreInput.extend({ vmId: id });

const effect = z.enum(["run", "ask", "deny"]);

/** What a page of snapshots starts from: what the cluster can do, and what the rules say of each wish. */
export const snapshotContext = z.object({
  ability: snapshotAbility,
  take: effect,
  restore: effect,
  clone: effect,
  /** Whether this person may ask at all. */
  mayOperate: z.boolean(),
  /** Whether this person may ask for a copy, which is a new machine. */
  mayClone: z.boolean(),
  /** Requests about snapshots of this machine that nobody has decided yet. */
  waiting: z.array(z.object({ ticketId: z.string(), operation: z.string(), label: z.string().nullable() })),
});
export type SnapshotContext = z.output<typeof snapshotContext>;
