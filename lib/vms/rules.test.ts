import { describe, expect, test } from "vitest";
import type { VmObservation } from "./observation";
import { judgeObservation, type VmFacts } from "./rules";

const facts: VmFacts = {
  status: "RUNNING",
  statusMessage: null,
  clusterStatus: "Running",
  ip: "10.0.0.1",
  node: "node-1",
  osInfo: null,
  k8sUid: "uid",
  vmiUid: "instance-1",
  restartRequired: false,
  symptoms: null,
  importProgress: null,
  activeEventType: null,
  vmiUidBefore: null,
};

const machine: VmObservation = {
  clusterId: "cluster",
  kind: "vm",
  namespace: "ns",
  name: "vm",
  uid: "uid",
  resourceVersion: "1",
  deleted: false,
  terminating: false,
  printableStatus: "Running",
  conditions: [],
};

const { printableStatus: _status, ...untold } = machine;
const instance: VmObservation = {
  ...untold,
  kind: "vmi",
  uid: "instance-1",
  phase: "Running",
  ip: "10.0.0.1",
  node: "node-1",
};
const nothing = { changes: {}, move: null, steps: [], ending: null, removed: false };

const judge = (vm: Partial<VmFacts>, seen: Partial<VmObservation>) =>
  judgeObservation({ ...facts, ...vm }, { ...machine, ...seen });

describe("printableStatus is a move where the machine's table has one", () => {
  test.for([
    ["RUNNING", "Stopped", "seenStopped"],
    ["RUNNING", "Stopping", "seenStopping"],
    ["RUNNING", "Paused", "seenPaused"],
    ["RUNNING", "Migrating", "seenMigrating"],
    ["STOPPED", "Running", "seenRunning"],
    ["STOPPED", "Starting", "seenStarting"],
    ["STOPPED", "Provisioning", "seenStarting"],
    ["STARTING", "ErrorUnschedulable", "seenPending"],
    ["PENDING", "Running", "seenRunning"],
    ["NOT_FOUND", "Running", "seenRunning"],
    ["FAILED", "Running", "seenRunning"],
    ["RUNNING", "Running", null],
    ["RUNNING", "CrashLoopBackOff", null],
    ["RUNNING", "Unknown", null],
    ["RUNNING", "__proto__", null],
    ["RUNNING", "constructor", null],
    ["DELETING", "Running", null],
    ["DELETING", "Stopped", null],
  ] as const)("%s, seen %s: %s", ([status, printableStatus, move]) => {
    expect(judge({ status }, { printableStatus }).move).toBe(move);
  });
});

describe("while an operation is under way, what was before it is no news", () => {
  test.for([
    ["VM_CREATION_REQUESTED", "CREATING", "Stopped", null, null],
    ["VM_CREATION_REQUESTED", "CREATING", "Provisioning", null, null],
    ["VM_CREATION_REQUESTED", "CREATING", "ErrorUnschedulable", "seenPending", null],
    ["VM_CREATION_REQUESTED", "CREATING", "Running", "seenRunning", "complete"],
    ["VM_CREATION_REQUESTED", "PENDING", "Running", "seenRunning", "complete"],
    ["VM_START_REQUESTED", "STARTING", "Stopped", null, null],
    ["VM_START_REQUESTED", "STARTING", "Running", "seenRunning", "complete"],
    ["VM_STOP_REQUESTED", "STOPPING", "Running", null, null],
    ["VM_STOP_REQUESTED", "STOPPING", "Paused", null, null],
    ["VM_STOP_REQUESTED", "STOPPING", "Stopped", "seenStopped", "complete"],
    ["VM_FORCE_STOP_REQUESTED", "STOPPING", "Running", null, null],
    ["VM_FORCE_STOP_REQUESTED", "STOPPING", "Paused", null, null],
    ["VM_FORCE_STOP_REQUESTED", "STOPPING", "Stopped", "seenStopped", "complete"],
    ["VM_PAUSE_REQUESTED", "RUNNING", "Running", null, null],
    ["VM_PAUSE_REQUESTED", "RUNNING", "Paused", "seenPaused", "complete"],
    ["VM_PAUSE_REQUESTED", "RUNNING", "Stopped", "seenStopped", null],
    ["VM_RESUME_REQUESTED", "PAUSED", "Paused", null, null],
    ["VM_RESUME_REQUESTED", "PAUSED", "Running", "seenRunning", "complete"],
    ["VM_RESET_REQUESTED", "RUNNING", "Running", null, null],
    ["VM_DELETION_REQUESTED", "DELETING", "Running", null, null],
  ] as const)("%s, %s, seen %s", ([activeEventType, status, printableStatus, move, ending]) => {
    expect(judge({ activeEventType, status }, { printableStatus })).toMatchObject({ move, ending });
  });

  test("a restart is over when another instance runs, and not before", () => {
    const restarting = {
      status: "STOPPING",
      activeEventType: "VM_RESTART_REQUESTED",
      vmiUidBefore: "instance-1",
      clusterStatus: "Running",
    } as const;
    expect(judge(restarting, {})).toMatchObject({ move: null, ending: null });
    expect(judge(restarting, instance)).toMatchObject({ move: null, ending: null });
    const another = { ...instance, uid: "instance-2" };
    // The machine's own reports of stopping and starting are still on their way.
    expect(judge(restarting, another)).toMatchObject({ move: null, ending: null });
    expect(judge({ ...restarting, status: "STARTING" }, another)).toMatchObject({
      move: "seenRunning",
      ending: "complete",
    });
    // Watched, "Running" may still be said of the old one; read by name after the instance, it is not.
    const known = { ...restarting, vmiUid: "instance-2" };
    expect(judge(known, {})).toMatchObject({ move: null, ending: null });
    for (const [facts, seen] of [
      [known, { isFresh: true }],
      [{ ...known, status: "STARTING" }, {}],
    ] as const) {
      expect(judge(facts, seen)).toMatchObject({ move: "seenRunning", ending: "complete" });
    }
  });
});

describe("a machine that is gone", () => {
  test("by our own deletion, is removed and that operation is complete", () => {
    const verdict = judge(
      { status: "DELETING", activeEventType: "VM_DELETION_REQUESTED" },
      { deleted: true },
    );
    expect(verdict).toEqual({ ...nothing, ending: "complete", removed: true });
  });

  test("by another hand, is shown as not found and forgets where it ran", () => {
    const changes = { clusterStatus: null, ip: null, node: null, vmiUid: null };
    expect(judge({}, { deleted: true })).toEqual({ ...nothing, move: "seenGone", changes });
  });

  test("in the middle of an operation, makes that fail", () => {
    const verdict = judge({ status: "STARTING", activeEventType: "VM_START_REQUESTED" }, { deleted: true });
    expect(verdict).toMatchObject({ move: "seenGone", ending: "fail", removed: false });
  });

  test("already known to be gone, is not gone again", () => {
    expect(judge({ status: "NOT_FOUND" }, { deleted: true })).toMatchObject({ move: null, ending: null });
  });
});

describe("facts", () => {
  test("said again, are no news", () => {
    expect(judge({}, {})).toEqual(nothing);
    expect(judge({}, instance)).toEqual(nothing);
  });

  test("the instance tells address and node, and takes them along when it ends", () => {
    expect(judge({}, { ...instance, ip: "10.0.0.2", node: "node-2" }).changes).toEqual({
      ip: "10.0.0.2",
      node: "node-2",
    });
    expect(judge({}, { ...instance, deleted: true }).changes).toEqual({ ip: null, node: null, vmiUid: null });
  });

  test("the end of an older instance takes nothing from the one that runs", () => {
    expect(judge({}, { ...instance, uid: "instance-0", deleted: true })).toEqual(nothing);
  });

  test("the steps of an operation are reached, and what runs has been scheduled", () => {
    const creating = {
      status: "CREATING",
      activeEventType: "VM_CREATION_REQUESTED",
      clusterStatus: "Starting",
    } as const;
    expect(judge({ ...creating, node: null }, instance).steps).toEqual(["scheduled"]);
    expect(judge(creating, {}).steps).toEqual(["namespace", "manifest", "applied", "scheduled", "running"]);
    expect(judge({}, {}).steps).toEqual([]);
  });
});

describe("what a cluster says is wrong", () => {
  const unscheduled = { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "no room" };
  const ready = { type: "Ready", status: "True" };

  test("is kept of what keeps a machine from getting on, and goes when that is over", () => {
    const seen = { printableStatus: "ErrorUnschedulable", conditions: [ready, unscheduled] };
    const { symptoms } = judge({ status: "STARTING" }, seen).changes;
    expect(symptoms).toEqual({ conditions: [unscheduled] });
    expect(judge({ symptoms }, { conditions: [ready] }).changes).toMatchObject({ symptoms: null });
  });

  test("said again, in whatever order a database keeps it, is no news", () => {
    const stored = {
      conditions: [{ message: "no room", reason: "Unschedulable", status: "False", type: "PodScheduled" }],
    };
    const stuck = {
      clusterStatus: "ErrorUnschedulable",
      statusMessage: "no room",
      status: "PENDING",
    } as const;
    const seen = { printableStatus: "ErrorUnschedulable", conditions: [unscheduled] };
    expect(judge({ ...stuck, symptoms: stored }, seen)).toEqual(nothing);
  });

  test("is nothing of a healthy machine, whatever else its conditions tell", () => {
    const conditions = [
      ready,
      { type: "LiveMigratable", status: "False", reason: "HostDeviceNotLiveMigratable" },
    ];
    expect(judge({}, { conditions })).toEqual(nothing);
  });

  test("machine, instance and each volume speak for themselves", () => {
    const volume = {
      ...untold,
      kind: "dv",
      volumeName: "vm-root",
      volumeTrouble: { phase: "ImportInProgress", reason: "Error", message: "404" },
    } as const;
    const first = judge({}, volume).changes.symptoms;
    expect(first).toEqual({
      volumes: { "vm-root": { phase: "ImportInProgress", reason: "Error", message: "404" } },
    });
    const second = judge({ symptoms: first }, { ...instance, failedMigration: { reason: "too slow" } })
      .changes.symptoms;
    expect(second).toMatchObject({ volumes: {}, instance: { migration: { reason: "too slow" } } });
    const { volumeTrouble: _trouble, ...filled } = volume;
    expect(judge({ symptoms: second }, filled).changes.symptoms).toEqual({
      instance: { migration: { reason: "too slow" } },
    });
    expect(judge({ symptoms: second }, { deleted: true }).changes.symptoms).toBeNull();
  });

  test("a failing volume's words are the machine's sentence while the machine has none of its own", () => {
    const volumeTrouble = { phase: "ImportInProgress", reason: "Error", message: "404 Not Found" };
    const failing = { ...untold, kind: "dv", volumeName: "vm-root", volumeTrouble } as const;
    const { changes } = judge({ status: "STARTING", clusterStatus: "DataVolumeError" }, failing);
    expect(changes.statusMessage).toBe("404 Not Found");
    expect(judge({ status: "STARTING", clusterStatus: "Provisioning" }, failing).changes).not.toHaveProperty(
      "statusMessage",
    );
  });

  test("is cut, and holds nothing that a database refuses", () => {
    const message = `${"\0"}${"x".repeat(998)}\u{1f600}`;
    const conditions = Array.from({ length: 60 }, () => ({ ...unscheduled, message }));
    const { symptoms } = judge({ status: "STARTING" }, { printableStatus: "Starting", conditions }).changes;
    const text = JSON.stringify(symptoms);
    expect(text.length).toBeLessThan(2_000);
    expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  });

  test("a refusal is said of a machine that stands still, because it stands still for that", () => {
    const refused = { type: "Failure", status: "True", reason: "FailedCreate", message: "denied" };
    const { changes } = judge({ status: "STARTING" }, { printableStatus: "Stopped", conditions: [refused] });
    expect(changes).toMatchObject({ statusMessage: "denied", symptoms: { conditions: [refused] } });
  });
});

describe("the sentence that says why a machine does not get on", () => {
  const conditions = [
    { type: "Ready", status: "False", message: "the guest is not ready" },
    { type: "PodScheduled", status: "False", message: "0/3 nodes have a GPU" },
  ];

  test("is the cluster's most telling one", () => {
    const seen = { printableStatus: "ErrorUnschedulable", conditions };
    expect(judge({ status: "STARTING" }, seen).changes.statusMessage).toBe("0/3 nodes have a GPU");
  });

  test("is not said of a machine that runs, stands or is paused", () => {
    for (const printableStatus of ["Running", "Stopped", "Paused", "Migrating"]) {
      expect(
        judge({ statusMessage: "old" }, { printableStatus, conditions }).changes.statusMessage,
      ).toBeNull();
    }
  });

  test("is cut where a cluster will not end", () => {
    const endless = [{ type: "Failure", status: "True", message: "x".repeat(100_000) }];
    const { changes } = judge(
      { status: "STARTING" },
      { printableStatus: "ErrorPvcNotFound", conditions: endless },
    );
    expect(changes.statusMessage).toHaveLength(500);
  });
});
