import { describe, expect, test } from "vitest";
import type { LiveMachine } from "./live/rules";
import { changedSince, placeRefusals, planChange } from "./rules";
import { modificationWish, type PlanRow } from "./schema";

const guest = "spec.template.spec";

/** Two cores on one socket, four gibibytes, twenty gigabytes; running where it may grow. */
function aMachine(over: Partial<LiveMachine> = {}): LiveMachine {
  return {
    uid: "uid",
    resourceVersion: "7",
    generation: 1,
    spec: { template: { spec: { nodeSelector: { zone: "a" }, domain: { devices: { gpus: [] } } } } },
    restartRequired: false,
    cpu: {
      sockets: 1,
      cores: 2,
      threads: 1,
      request: null,
      limit: null,
      isDedicated: false,
      multiQueue: false,
    },
    memory: { gi: 4, requestGi: null, hasHugepages: false },
    byInstancetype: false,
    instance: { isMigratable: true, maxSockets: 4, maxGuestGi: 16, guestAtBootGi: 4 },
    claim: { name: "vm-root", resourceVersion: "3", sizeGb: 20, storageClass: "fast", isExpandable: true },
    expandsDisksLive: true,
    ...over,
  };
}

const cpu = (cores: number, over: object = {}) =>
  modificationWish.parse({ cpu: { cores, request: null, mayKeepRequest: true, ...over } });
const memory = (gi: number, requestGi: number | null = null) =>
  modificationWish.parse({ memory: { gi, requestGi } });
const machineCpu = (over: Partial<LiveMachine["cpu"]>) => ({ cpu: { ...aMachine().cpu, ...over } });
const running = (over: Partial<NonNullable<LiveMachine["instance"]>>) => ({
  instance: { isMigratable: true, maxSockets: 4, maxGuestGi: 16, guestAtBootGi: 4, ...over },
});
const verdicts = (rows: PlanRow[]) => rows.map(({ verdict, reason }) => `${verdict} ${reason}`);

describe("processors", () => {
  const cases: [string, Partial<LiveMachine>, number, string][] = [
    ["whole sockets within the most there may be", {}, 4, "live hot_plug"],
    ["the last socket there may be", {}, 8, "live hot_plug"],
    ["more sockets than there may be", {}, 10, "restart above_sockets"],
    ["part of a socket", {}, 3, "restart not_whole_sockets"],
    ["fewer", {}, 1, "restart fewer_cores"],
    ["half a core", {}, 2.5, "restart own_limit"],
    ["a template with a limit of its own", machineCpu({ limit: 2 }), 4, "restart own_limit"],
    ["dedicated ones", machineCpu({ isDedicated: true }), 4, "restart dedicated"],
    ["queues by processor", machineCpu({ multiQueue: true }), 4, "restart multi_queue"],
    ["a machine that cannot move", running({ isMigratable: false }), 4, "restart not_migratable"],
    ["a cluster that plugs nothing", running({ maxSockets: null }), 4, "restart no_hot_plug"],
    ["a restart that is waited for already", { restartRequired: true }, 4, "restart pending_restart"],
    ["a machine that does not run", { instance: null }, 3, "live machine_stopped"],
    ["a machine of an instance type", { byInstancetype: true }, 4, "impossible sized_by_instancetype"],
  ];
  test.for(cases)("%s", ([, over, cores, expected]) => {
    expect(verdicts(planChange(aMachine(over), cpu(cores)).rows)).toEqual([expected]);
  });

  test("plugged in as sockets, and nothing else of the template is touched", () => {
    expect(planChange(aMachine(), cpu(4)).spec).toEqual({
      template: { spec: { domain: { cpu: { sockets: 2 } } } },
    });
  });

  test("a reserved share stays where that is allowed, and costs a restart where it is not", () => {
    const live = aMachine(machineCpu({ request: 2 }));
    const kept = planChange(live, cpu(4, { request: 4 }));
    expect(kept.rows).toMatchObject([
      { verdict: "live", reason: "reserved_share_stays", params: { cores: 2 } },
    ]);
    expect([kept.cpuRequest, kept.spec]).toEqual([
      2,
      { template: { spec: { domain: { cpu: { sockets: 2 } } } } },
    ]);
    const raised = planChange(live, cpu(4, { request: 4, mayKeepRequest: false }));
    expect(verdicts(raised.rows)).toEqual(["restart share_changes"]);
    expect(raised.cpuRequest).toBe(4);
    expect(raised.spec).toMatchObject({
      template: { spec: { domain: { resources: { requests: { cpu: "4" } } } } },
    });
  });

  test("a limit of its own follows", () => {
    const { spec } = planChange(aMachine(machineCpu({ limit: 2 })), cpu(1.5));
    expect(spec).toEqual({
      template: {
        spec: {
          domain: { cpu: { cores: 2, sockets: 1, threads: 1 }, resources: { limits: { cpu: "1.5" } } },
        },
      },
    });
  });
});

describe("memory", () => {
  const cases: [string, Partial<LiveMachine>, number, string][] = [
    ["more, within the most there may be", {}, 8, "live hot_plug"],
    ["more than there may be", {}, 32, "restart above_guest"],
    ["less than it started with", {}, 2, "restart less_than_boot"],
    [
      "back to what it started with",
      { memory: { gi: 8, requestGi: null, hasHugepages: false } },
      4,
      "live hot_plug",
    ],
    ["of large pages", { memory: { gi: 4, requestGi: null, hasHugepages: true } }, 8, "restart hugepages"],
    ["a machine that cannot move", running({ isMigratable: false }), 8, "restart not_migratable"],
    ["a cluster that plugs nothing", running({ maxGuestGi: null }), 8, "restart no_hot_plug"],
    ["a guest that is too small", running({ guestAtBootGi: 0.5 }), 8, "restart too_small_to_grow"],
    ["a machine that does not run", { instance: null }, 2, "live machine_stopped"],
  ];
  test.for(cases)("%s", ([, over, gi, expected]) => {
    expect(verdicts(planChange(aMachine(over), memory(gi)).rows)).toEqual([expected]);
  });

  test("a reserved amount of the template's own that follows costs a restart", () => {
    const live = aMachine({ memory: { gi: 4, requestGi: 4, hasHugepages: false } });
    const { rows, spec } = planChange(live, memory(8, 8));
    expect(verdicts(rows)).toEqual(["restart share_changes"]);
    expect(spec).toEqual({
      template: {
        spec: { domain: { memory: { guest: "8Gi" }, resources: { requests: { memory: "8Gi" } } } },
      },
    });
  });
});

describe("the disk", () => {
  const claim = aMachine().claim;
  const cases: [string, Partial<LiveMachine>, number, string][] = [
    ["grows", {}, 40, "live disk_grows"],
    [
      "is seen after a restart where the cluster does not tell",
      { expandsDisksLive: false },
      40,
      "restart disk_seen_after_restart",
    ],
    ["grows while nothing runs", { instance: null }, 40, "live machine_stopped"],
    ["does not shrink", {}, 10, "impossible disk_shrinks"],
    ["is none", { claim: null }, 40, "impossible no_volume"],
    [
      "of a class that does not grow",
      { claim: claim === null ? null : { ...claim, isExpandable: false } },
      40,
      "impossible class_not_expandable",
    ],
  ];
  test.for(cases)("%s", ([, over, diskGb, expected]) => {
    expect(verdicts(planChange(aMachine(over), modificationWish.parse({ diskGb })).rows)).toEqual([expected]);
  });

  test("its template follows, so that a machine made again has it too", () => {
    const volume = {
      metadata: { name: "vm-root" },
      spec: { storage: { resources: { requests: { storage: "20Gi" } } } },
    };
    const live = aMachine({
      spec: { dataVolumeTemplates: [volume, { metadata: { name: "other" }, spec: {} }] },
    });
    const { growths, spec } = planChange(live, modificationWish.parse({ diskGb: 40 }));
    expect(growths).toMatchObject([{ name: "vm-root", sizeGb: 20, toGb: 40 }]);
    expect(spec).toEqual({
      dataVolumeTemplates: [
        {
          metadata: { name: "vm-root" },
          spec: { storage: { resources: { requests: { storage: "40Gi" } } } },
        },
        { metadata: { name: "other" }, spec: {} },
      ],
    });
  });
});

describe("a disk besides the first", () => {
  const extra = {
    name: "extra-claim",
    resourceVersion: "5",
    sizeGb: 10,
    storageClass: "fast",
    volume: "extra",
  };
  const grow = (sizeGb: number, name = "extra") =>
    modificationWish.parse({ disks: [{ name, fromGb: 10, sizeGb }] });
  const cases: [string, boolean, number, string, string][] = [
    ["grows as the machine runs", true, 30, "extra", "live disk_grows"],
    ["never becomes smaller", true, 5, "extra", "impossible disk_shrinks"],
    ["of a class that cannot grow stays", false, 30, "extra", "impossible class_not_expandable"],
    ["that is not there cannot grow", true, 30, "other", "impossible no_volume"],
  ];
  test.for(cases)("%s", ([, isExpandable, sizeGb, name, expected]) => {
    const live = aMachine({ disks: [{ ...extra, isExpandable }] });
    const { rows, growths } = planChange(live, grow(sizeGb, name));
    expect(verdicts(rows)).toEqual([expected]);
    expect(rows[0]?.field).toBe(`disk:${name}`);
    expect(growths.map((one) => [one.name, one.toGb])).toEqual(
      expected.startsWith("live") ? [["extra-claim", 30]] : [],
    );
  });

  test("the same size again changes nothing", () => {
    const live = aMachine({ disks: [{ ...extra, isExpandable: true }] });
    expect(planChange(live, grow(10))).toMatchObject({ rows: [], growths: [] });
  });
});

describe("several at once", () => {
  test("one that waits for a restart makes the others of the template wait with it, and not the disk", () => {
    const wish = modificationWish.parse({ ...cpu(4), ...memory(2), paths: [], diskGb: 40 });
    const { rows, spec } = planChange(aMachine(), wish);
    expect(verdicts(rows)).toEqual(["restart with_others", "restart less_than_boot", "live disk_grows"]);
    expect(spec).toMatchObject({
      template: { spec: { domain: { cpu: { cores: 4, sockets: 1 }, memory: { guest: "2Gi" } } } },
    });
  });

  test("what already is as wished is no part of the change", () => {
    const wish = modificationWish.parse({ ...cpu(2), ...memory(4), paths: [], diskGb: 20 });
    expect(planChange(aMachine(), wish)).toMatchObject({ rows: [], spec: {}, growths: [] });
  });
});

describe("a path of the manifest", () => {
  const path = (name: string, before: unknown, value: unknown) =>
    modificationWish.parse({ paths: [{ path: `${guest}.${name}`, before, value, isOverride: true }] });

  test("where the machine may run is carried over to it as it runs", () => {
    const plan = planChange(aMachine(), path("nodeSelector", { zone: "a" }, { zone: "b" }));
    expect(verdicts(plan.rows)).toEqual(["live hot_plug"]);
  });

  test("anything else waits for a restart; nothing takes it away", () => {
    const plan = planChange(aMachine(), path("domain.rebootPolicy", null, "Terminate"));
    expect(verdicts(plan.rows)).toEqual(["restart template_field"]);
    const away = planChange(aMachine(), path("nodeSelector", { zone: "a" }, null));
    expect(away.spec).toEqual({ template: { spec: { nodeSelector: null } } });
  });

  test("a list that somebody else has changed is not replaced", () => {
    const plan = planChange(aMachine(), path("domain.devices.gpus", [{ name: "gpu1" }], [{ name: "gpu2" }]));
    expect(verdicts(plan.rows)).toEqual(["impossible changed_elsewhere"]);
    expect(plan.spec).toEqual({});
  });
});

test("changed since the approval is what is neither as it was nor as it is wished", () => {
  const base = { cpuCores: 2, memoryGi: 4 };
  expect(changedSince(base, { cpuCores: 2, memoryGi: 4 }, { memoryGi: 8 })).toEqual([]);
  expect(changedSince(base, { cpuCores: 2, memoryGi: 8 }, { memoryGi: 8 })).toEqual([]);
  expect(changedSince(base, { cpuCores: 2, memoryGi: 6 }, { memoryGi: 8 })).toEqual([
    { field: "memoryGi", approved: 4, live: 6 },
  ]);
});

test("the cluster's words stand at the field that they speak of", () => {
  const { rows } = planChange(aMachine(), modificationWish.parse({ ...cpu(4), ...memory(8), paths: [] }));
  const placed = placeRefusals(rows, [
    { field: "spec.template.spec.domain.cpu.sockets", message: "too many" },
    { field: "spec.template.spec.domain.resources.requests.memory", message: "too much" },
  ]);
  expect(placed.map(({ field, refusal }) => [field, refusal])).toEqual([
    ["cpuCores", "too many"],
    ["memoryGi", "too much"],
  ]);
});
