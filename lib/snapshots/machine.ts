import { defineMachine, type MoveOf, type StateOf } from "@/lib/core/state-machine";

/** Spec §4 VM snapshot. What has been deleted has no row. */
export const snapshotMachine = defineMachine({
  name: "snapshot",
  states: ["PENDING", "CREATING", "READY", "FAILED", "DELETING"],
  initial: "PENDING",
  moves: {
    apply: { from: ["PENDING"], to: "CREATING" },
    finish: { from: ["PENDING", "CREATING"], to: "READY" },
    fail: { from: ["PENDING", "CREATING"], to: "FAILED" },
    delete: { from: ["READY", "FAILED"], to: "DELETING" },
    keep: { from: ["DELETING"], to: "FAILED" },
  },
});
export type SnapshotState = StateOf<typeof snapshotMachine>;
export type SnapshotMove = MoveOf<typeof snapshotMachine>;

/** Spec §4 restore. */
export const restoreMachine = defineMachine({
  name: "restore",
  states: ["PENDING", "RESTORING", "COMPLETED", "FAILED"],
  initial: "PENDING",
  moves: {
    apply: { from: ["PENDING"], to: "RESTORING" },
    finish: { from: ["PENDING", "RESTORING"], to: "COMPLETED" },
    fail: { from: ["PENDING", "RESTORING"], to: "FAILED" },
  },
});
export type RestoreMove = MoveOf<typeof restoreMachine>;
