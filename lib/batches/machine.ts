import { defineMachine, type StateOf } from "@/lib/core/state-machine";

/** Spec §4 Batch parent. No move is asked for: the database draws the state from the children at each commit. */
export const batchMachine = defineMachine({
  name: "batch",
  states: ["PENDING_APPROVAL", "IN_PROGRESS", "COMPLETED", "PARTIAL_SUCCESS", "FAILED", "CANCELLED"],
  initial: "PENDING_APPROVAL",
  moves: {
    begin: { from: ["PENDING_APPROVAL"], to: "IN_PROGRESS" },
    complete: { from: ["PENDING_APPROVAL", "IN_PROGRESS"], to: "COMPLETED" },
    completeInPart: { from: ["PENDING_APPROVAL", "IN_PROGRESS"], to: "PARTIAL_SUCCESS" },
    fail: { from: ["PENDING_APPROVAL", "IN_PROGRESS"], to: "FAILED" },
    cancel: { from: ["PENDING_APPROVAL"], to: "CANCELLED" },
    retry: { from: ["PARTIAL_SUCCESS", "FAILED"], to: "IN_PROGRESS" },
  },
});

export type BatchState = StateOf<typeof batchMachine>;
