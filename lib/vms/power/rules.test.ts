import { describe, expect, test } from "vitest";
import type { EventType } from "@/lib/vocabulary/event-types";
import { vmMachine, type VmState } from "../machine";
import { powerOperations } from "@/lib/vocabulary/power-operations";
import {
  fittingOf,
  refusalOf,
  standingOf,
  vmActions,
  waitsForMaintenance,
  type VmAction,
  type VmStanding,
} from "./rules";

const everything: VmStanding = {
  operate: true,
  remove: true,
  console: true,
  inMaintenance: false,
  canReboot: true,
};

const ask = (
  action: VmAction,
  vm: { status: VmState; active?: EventType; isProtected?: boolean },
  over: Partial<VmStanding> = {},
) => refusalOf(action, { active: null, isProtected: false, ...vm }, { ...everything, ...over });

test("in each state exactly these actions are offered; every other pair is refused", () => {
  const table = Object.fromEntries(
    vmMachine.states.map((status) => [
      status,
      vmActions.filter((action) => ask(action, { status }) === null),
    ]),
  );
  expect(table).toEqual({
    CREATING: [],
    PENDING: [],
    RUNNING: ["console", "stop", "restart", "pause", "softReboot", "reset", "forceStop"],
    STOPPING: ["forceStop"],
    STOPPED: ["start", "delete"],
    STARTING: [],
    PAUSED: ["stop", "resume", "forceStop"],
    MIGRATING: ["forceStop"],
    FAILED: ["delete"],
    DELETING: [],
    NOT_FOUND: ["delete"],
    UNKNOWN: ["delete"],
  });
});

describe("why an action is refused", () => {
  test.for([
    ["role", "restart", { status: "RUNNING" }, { operate: false }],
    ["role", "console", { status: "RUNNING" }, { console: false }],
    ["role", "delete", { status: "STOPPED" }, { remove: false }],
    ["protected", "delete", { status: "STOPPED", isProtected: true }, {}],
    ["paused", "softReboot", { status: "PAUSED" }, {}],
    ["paused", "reset", { status: "PAUSED" }, {}],
    ["paused", "restart", { status: "PAUSED" }, {}],
    ["paused", "console", { status: "PAUSED" }, {}],
    ["state", "pause", { status: "PAUSED" }, {}],
    ["state", "pause", { status: "STOPPED" }, {}],
    ["state", "softReboot", { status: "STOPPED" }, {}],
    ["maintenance", "restart", { status: "RUNNING" }, { inMaintenance: true }],
    ["maintenance", "start", { status: "STOPPED" }, { inMaintenance: true }],
    [null, "stop", { status: "RUNNING" }, { inMaintenance: true }],
    [null, "forceStop", { status: "RUNNING" }, { inMaintenance: true }],
    [null, "console", { status: "RUNNING" }, { inMaintenance: true }],
    ["busy", "pause", { status: "RUNNING", active: "VM_MODIFICATION_REQUESTED" }, {}],
    ["busy", "restart", { status: "RUNNING", active: "VM_PAUSE_REQUESTED" }, {}],
    [null, "stop", { status: "RUNNING", active: "VM_MODIFICATION_REQUESTED" }, {}],
    ["no_guest", "softReboot", { status: "RUNNING" }, { canReboot: false }],
    [null, "reset", { status: "RUNNING" }, { canReboot: false }],
  ] as const)("%s: %s of %j, %j", ([refusal, action, vm, over]) => {
    expect(ask(action, vm, over)).toBe(refusal);
  });
});

describe("one operation at a time, and the power cord before all others", () => {
  test.for([
    ["RUNNING", null, "free"],
    ["RUNNING", "VM_PAUSE_REQUESTED", "overtakes"],
    ["PAUSED", "VM_RESUME_REQUESTED", "overtakes"],
    ["RUNNING", "VM_RESET_REQUESTED", "overtakes"],
    ["STOPPING", "VM_STOP_REQUESTED", "overtakes"],
    ["STOPPING", "VM_RESTART_REQUESTED", "busy"],
    ["STOPPING", "VM_FORCE_STOP_REQUESTED", "busy"],
  ] as const)("a forced stop of what is %s in %s: %s", ([status, active, standing]) => {
    expect(standingOf("FORCE_STOP_VM", { status, active })).toBe(standing);
  });

  test("whatever is under way, nothing quiet begins beside it", () => {
    for (const operation of ["PAUSE_VM", "RESUME_VM", "SOFT_REBOOT_VM", "RESET_VM"] as const)
      for (const active of ["VM_PAUSE_REQUESTED", "VM_MODIFICATION_REQUESTED"] as const)
        expect(standingOf(operation, { status: "RUNNING", active })).toBe("busy");
  });
});

test("under maintenance what runs may end, and nothing begins", () => {
  expect(powerOperations.filter((operation) => !waitsForMaintenance(operation))).toEqual([
    "STOP_VM",
    "FORCE_STOP_VM",
  ]);
  expect(waitsForMaintenance("DELETE_VM")).toBe(false);
});

test("of many, those that can are told from those that cannot, by the state that keeps them", () => {
  const states: VmState[] = ["RUNNING", "STOPPED", "RUNNING", "STOPPED", "STOPPED", "PAUSED"];
  const vms = states.map((status, index) => ({ id: index, status }));
  const { fitting, others } = fittingOf(vms, "PAUSE_VM");
  expect(fitting.map(({ id }) => id)).toEqual([0, 2]);
  expect(others).toEqual([
    { status: "STOPPED", count: 3 },
    { status: "PAUSED", count: 1 },
  ]);
});
