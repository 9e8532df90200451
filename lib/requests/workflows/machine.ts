import { defineMachine, type MoveOf, type StateOf } from "@/lib/core/state-machine";

/** Spec §4 Approval step; a step whose condition does not hold is passed over. */
export const stepMachine = defineMachine({
  name: "approval_step",
  states: ["WAITING", "ACTIVE", "APPROVED", "REJECTED", "ESCALATED", "EXPIRED", "SKIPPED"],
  initial: "WAITING",
  moves: {
    activate: { from: ["WAITING", "ESCALATED"], to: "ACTIVE" },
    approve: { from: ["ACTIVE"], to: "APPROVED" },
    reject: { from: ["ACTIVE"], to: "REJECTED" },
    escalate: { from: ["ACTIVE"], to: "ESCALATED" },
    expire: { from: ["ACTIVE"], to: "EXPIRED" },
    skip: { from: ["WAITING", "ACTIVE"], to: "SKIPPED" },
    reconsider: { from: ["SKIPPED"], to: "WAITING" },
  },
});
export type StepStatus = StateOf<typeof stepMachine>;
export type StepMove = MoveOf<typeof stepMachine>;
