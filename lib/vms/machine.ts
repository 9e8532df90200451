import { AppError } from "@/lib/core/errors";
import { canMove, defineMachine, nextState, type MoveOf, type StateOf } from "@/lib/core/state-machine";

/** Spec §4 VM. Moves named `seen…` are what a cluster reported; the others are what somebody asked for. */
export const vmMachine = defineMachine({
  name: "vm",
  states: [
    "CREATING",
    "PENDING",
    "RUNNING",
    "STOPPING",
    "STOPPED",
    "STARTING",
    "PAUSED",
    "MIGRATING",
    "FAILED",
    "DELETING",
    "NOT_FOUND",
    "UNKNOWN",
  ],
  initial: "CREATING",
  moves: {
    start: { from: ["STOPPED"], to: "STARTING" },
    stop: { from: ["RUNNING", "PAUSED"], to: "STOPPING" },
    restart: { from: ["RUNNING"], to: "STOPPING" },
    forceStop: { from: ["RUNNING", "PAUSED", "MIGRATING"], to: "STOPPING" },
    delete: { from: ["STOPPED", "FAILED", "NOT_FOUND", "UNKNOWN"], to: "DELETING" },
    retry: { from: ["FAILED"], to: "CREATING" },
    fail: { from: ["CREATING", "PENDING", "STARTING", "STOPPING", "DELETING"], to: "FAILED" },
    seenRunning: {
      from: [
        "CREATING",
        "PENDING",
        "STARTING",
        "STOPPING",
        "STOPPED",
        "PAUSED",
        "MIGRATING",
        "FAILED",
        "NOT_FOUND",
        "UNKNOWN",
      ],
      to: "RUNNING",
    },
    seenStopped: {
      from: [
        "CREATING",
        "PENDING",
        "STARTING",
        "RUNNING",
        "STOPPING",
        "PAUSED",
        "MIGRATING",
        "FAILED",
        "NOT_FOUND",
        "UNKNOWN",
      ],
      to: "STOPPED",
    },
    seenStopping: { from: ["RUNNING", "PAUSED", "MIGRATING", "STARTING", "UNKNOWN"], to: "STOPPING" },
    seenStarting: { from: ["STOPPED", "STOPPING", "NOT_FOUND", "UNKNOWN", "FAILED"], to: "STARTING" },
    seenPending: { from: ["CREATING", "STARTING", "STOPPED", "STOPPING", "UNKNOWN"], to: "PENDING" },
    seenPaused: {
      from: ["RUNNING", "STARTING", "STOPPING", "CREATING", "STOPPED", "FAILED", "UNKNOWN"],
      to: "PAUSED",
    },
    seenMigrating: { from: ["RUNNING", "UNKNOWN"], to: "MIGRATING" },
    seenGone: {
      from: [
        "CREATING",
        "PENDING",
        "RUNNING",
        "STOPPING",
        "STOPPED",
        "STARTING",
        "PAUSED",
        "MIGRATING",
        "FAILED",
        "UNKNOWN",
      ],
      to: "NOT_FOUND",
    },
    seenUnreachable: {
      from: ["RUNNING", "STOPPING", "STOPPED", "STARTING", "PAUSED", "MIGRATING", "PENDING", "NOT_FOUND"],
      to: "UNKNOWN",
    },
  },
});

/** What can be asked of a VM that exists, and the move that it begins with; a console needs a running one. */
const beginningMoves = {
  START_VM: "start",
  STOP_VM: "stop",
  RESTART_VM: "restart",
  DELETE_VM: "delete",
} as const;

/** What moves nothing, and the states that it needs. */
const restingStates = {
  VNC_ACCESS: { states: ["RUNNING"], move: "console" },
  MODIFY_VM: { states: ["RUNNING", "STOPPED", "PAUSED", "PENDING"], move: "modify" },
  /** A stop that hangs is what it is for. */
  FORCE_STOP_VM: { states: ["RUNNING", "PAUSED", "MIGRATING", "STOPPING"], move: "forceStop" },
  PAUSE_VM: { states: ["RUNNING"], move: "pause" },
  RESUME_VM: { states: ["PAUSED"], move: "resume" },
  SOFT_REBOOT_VM: { states: ["RUNNING"], move: "softReboot" },
  RESET_VM: { states: ["RUNNING"], move: "reset" },
} as const;

type BeginningOperation = keyof typeof beginningMoves;
type RestingOperation = keyof typeof restingStates;
export type VmOperation = BeginningOperation | RestingOperation;

/** Refuses by the table what does not fit the VM's state. */
export function requireFitting(state: string, operation: VmOperation): void {
  if (isBeginning(operation)) {
    nextState(vmMachine, state, beginningMoves[operation]);
    return;
  }
  if (isFitting(state, operation)) return;
  throw new AppError("INVALID_STATE", { object: "vm", state, move: restingStates[operation].move });
}

export function isFitting(state: string, operation: VmOperation): boolean {
  if (isBeginning(operation)) return canMove(vmMachine, state, beginningMoves[operation]);
  return restingStates[operation].states.some((one) => one === state);
}

function isBeginning(operation: VmOperation): operation is BeginningOperation {
  return Object.hasOwn(beginningMoves, operation);
}

export type VmState = StateOf<typeof vmMachine>;
export type VmMove = MoveOf<typeof vmMachine>;
