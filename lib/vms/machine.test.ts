import { expect, test } from "vitest";
import { canMove } from "@/lib/core/state-machine";
import { requireFitting, vmMachine } from "./machine";

const from = (state: string) => vmMachine.moveNames.filter((move) => canMove(vmMachine, state, move));
const asked = ["start", "stop", "restart", "forceStop", "delete", "retry", "fail"];

test("from each state exactly these moves can be asked for; every other pair is refused", () => {
  const table = Object.fromEntries(
    vmMachine.states.map((state) => [state, from(state).filter((move) => asked.includes(move))]),
  );
  expect(table).toEqual({
    CREATING: ["fail"],
    PENDING: ["fail"],
    RUNNING: ["stop", "restart", "forceStop"],
    STOPPING: ["fail"],
    STOPPED: ["start", "delete"],
    STARTING: ["fail"],
    PAUSED: ["stop", "forceStop"],
    MIGRATING: ["forceStop"],
    FAILED: ["delete", "retry"],
    DELETING: ["fail"],
    NOT_FOUND: ["delete"],
    UNKNOWN: ["delete"],
  });
});

test("what a cluster says never brings back a machine that is being deleted", () => {
  expect(from("DELETING").filter((move) => move.startsWith("seen"))).toEqual([]);
});

test("whatever was made can be seen to have gone, and a machine that is found again is what it is seen to be", () => {
  const canGo = vmMachine.states.filter((state) => canMove(vmMachine, state, "seenGone"));
  expect(vmMachine.states.filter((state) => !canGo.includes(state))).toEqual(["DELETING", "NOT_FOUND"]);
  expect(
    from("NOT_FOUND")
      .filter((move) => move.startsWith("seen"))
      .sort(),
  ).toEqual(["seenRunning", "seenStarting", "seenStopped", "seenUnreachable"]);
});

test("no move leads to where it comes from", () => {
  const idle = vmMachine.moveNames.filter((move) => canMove(vmMachine, vmMachine.moves[move].to, move));
  expect(idle).toEqual([]);
});

test.for([
  ["START_VM", ["STOPPED"]],
  ["STOP_VM", ["RUNNING", "PAUSED"]],
  ["RESTART_VM", ["RUNNING"]],
  ["DELETE_VM", ["STOPPED", "FAILED", "NOT_FOUND", "UNKNOWN"]],
  ["VNC_ACCESS", ["RUNNING"]],
  ["FORCE_STOP_VM", ["RUNNING", "STOPPING", "PAUSED", "MIGRATING"]],
  ["PAUSE_VM", ["RUNNING"]],
  ["RESUME_VM", ["PAUSED"]],
  ["SOFT_REBOOT_VM", ["RUNNING"]],
  ["RESET_VM", ["RUNNING"]],
] as const)("%s fits only %j", ([operation, states]) => {
  const fitting = vmMachine.states.filter((state) => {
    try {
      requireFitting(state, operation);
      return true;
    } catch {
      return false;
    }
  });
  expect(fitting).toEqual(states);
});
