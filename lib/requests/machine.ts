import { defineMachine, type MoveOf, type StateOf } from "@/lib/core/state-machine";

/** Spec §4 Ticket. What no cluster work follows (a console grant) succeeds straight from APPROVED. */
export const requestMachine = defineMachine({
  name: "request",
  states: ["PENDING", "APPROVED", "REJECTED", "CANCELLED", "EXECUTING", "SUCCESS", "FAILED"],
  initial: "PENDING",
  moves: {
    approve: { from: ["PENDING"], to: "APPROVED" },
    reject: { from: ["PENDING"], to: "REJECTED" },
    cancel: { from: ["PENDING"], to: "CANCELLED" },
    // What was approved for a later hour and has not begun.
    recall: { from: ["APPROVED"], to: "CANCELLED" },
    execute: { from: ["APPROVED"], to: "EXECUTING" },
    succeed: { from: ["APPROVED", "EXECUTING"], to: "SUCCESS" },
    fail: { from: ["APPROVED", "EXECUTING"], to: "FAILED" },
    // A child of a batch alone (spec §4).
    retry: { from: ["FAILED"], to: "APPROVED" },
  },
});

export type RequestState = StateOf<typeof requestMachine>;
export type RequestMove = MoveOf<typeof requestMachine>;
