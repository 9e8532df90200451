import { describe, expect, test } from "vitest";
import {
  anOperation,
  event,
  facts,
  importSays,
  minutesAgo,
  says,
  stuck,
  unschedulable,
  type Over,
} from "@/e2e/factories/explained/facts";
import { clusterRows } from "@/e2e/factories/explained/told-by-clusters";
import { placeRows } from "@/e2e/factories/explained/told-of-places";
import { portalRows } from "@/e2e/factories/explained/told-by-portal";
import { causes, explainVm, needsRooms } from "./rules";
import { causeCodes, remedyCodes } from "./schema";

const rows = [...clusterRows, ...placeRows, ...portalRows];
const explain = (over: Over) => explainVm(facts(over));

test.each(rows)("%s", (_name, over, code, params = {}) => {
  expect(explain(over)).toMatchObject({ code, params });
});

test("every code has a row here and one place in the table, and no code stands there twice", () => {
  const shown = new Set(rows.map(([, , code]) => code));
  expect(causeCodes.filter((code) => !shown.has(code))).toEqual([]);
  expect(causes.map(({ code }) => code).sort()).toEqual([...causeCodes].sort());
});

test("every remedy is one of somebody's, and every cause has one", () => {
  const used = new Set([...causes.map(({ remedy }) => remedy), "elsewhere", "elsewhere_named"]);
  expect(remedyCodes.filter((code) => !used.has(code))).toEqual([]);
  expect(causes.filter(({ remedy }) => remedy === null)).toEqual([]);
});

test("a machine that does what it should needs no explanation", () => {
  expect(explain({})).toBeNull();
  expect(explain({ vm: { status: "STOPPED", clusterStatus: "Stopped", node: null } })).toBeNull();
  expect(explain({ events: [event("FailedMount", "once, long over")] })).toBeNull();
  const fresh = stuck("Starting", says("Ready", "GuestNotRunning", "Guest VM is not reported as running"));
  expect(explain(fresh)).toBeNull();
});

test("what was said long before the machine came to be so explains nothing", () => {
  const old = { ...event("FailedMount", 'volume "x"'), lastAt: minutesAgo(30) };
  expect(explain(stuck("Starting", null, { events: [old] }))).toBeNull();
});

test("whoever may not know the clusters is told of no node, and of an event no name and no words", () => {
  const lost: Over = { cluster: { isNodeReady: false }, mayNameClusters: false };
  expect(explain(lost)).toMatchObject({ code: "node_lost", params: { node: "none" } });
  const events = [event("FailedMount", 'pod on node-7: volume "x" did not attach')];
  const mount = (over: Over) => explain(stuck("Starting", null, { events, ...over }))?.raw[0];
  expect(mount({})?.message).toContain("node-7");
  expect(mount({ mayNameClusters: false })).toMatchObject({ reason: "FailedMount", name: null, message: "" });
});

describe("room elsewhere", () => {
  const rooms = [
    { clusterName: "cluster-b", free: { "nvidia.com/A10": 2, cpu: 8, memory: 4 } },
    { clusterName: "cluster-c", free: { cpu: 2, memory: 64 } },
  ];
  const noGpu = unschedulable("2 Insufficient nvidia.com/A10");

  test("is named for whoever may know the clusters, and counted for others", () => {
    expect(explain({ ...noGpu, rooms })?.remedy).toEqual({
      code: "elsewhere_named",
      params: { places: "cluster-b (2)" },
      link: null,
    });
    const hidden = explain({ ...noGpu, rooms, mayNameClusters: false });
    expect(hidden?.remedy).toEqual({ code: "elsewhere", params: { count: 1 }, link: null });
    expect(JSON.stringify(hidden)).not.toContain("cluster-b");
  });

  test("must fit the machine", () => {
    expect(explain({ ...unschedulable("2 Insufficient cpu"), rooms })?.remedy?.params).toEqual({
      places: "cluster-b (8)",
    });
    expect(explain({ ...unschedulable("2 Insufficient memory"), rooms })?.remedy?.params).toEqual({
      places: "cluster-c (64 GiB)",
    });
  });

  test("is looked for only where it helps", () => {
    const asks = (over: Over) => needsRooms(explain(over), facts(over));
    expect(asks(noGpu)).toBe(true);
    expect(asks({ ...noGpu, rooms: [] })).toBe(false);
    expect(asks({ vm: { status: "PAUSED" } })).toBe(false);
    expect(asks({})).toBe(false);
  });
});

describe("hostile words", () => {
  const junk = [
    `<script>alert(1)</script>${"x".repeat(100_000)}`,
    `0/99999 nodes are available: ${"1 Insufficient a.b/c, ".repeat(20_000)}`,
    `exceeded quota: ${"q".repeat(5_000)}, requested: a, used: b, limited: c`,
    `admission webhook "${"w".repeat(300)}" denied the request: ${"\u202e{count, plural, =0 {x}}".repeat(500)}`,
    'admission webhook "w" denied the request: \u0000\u001b[31m{name} <b>bold</b>\u2066',
    `${"(".repeat(50_000)}`,
    `Failed to pull image "${"\ud83d".repeat(5_000)}`,
    `PVC ${"a/".repeat(50_000)} does not exist`,
  ];

  test.each(junk)("%#: are bounded, on one line, and quick to read", (message) => {
    const begun = process.cpuUsage();
    const said = explain(
      stuck(
        "Starting",
        { ...says("Synchronized", "FailedCreate", message), ...importSays(message) },
        {
          events: [event("FailedScheduling", message)],
          operation: anOperation(message),
        },
      ),
    );
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(250);
    for (const value of Object.values(said?.params ?? {})) {
      if (typeof value !== "string") continue;
      expect(value.length).toBeLessThanOrEqual(120);
      expect(value).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(value.isWellFormed()).toBe(true);
    }
    expect(said?.raw.length).toBeLessThanOrEqual(6);
    for (const { message: words } of said?.raw ?? []) expect(words.length).toBeLessThanOrEqual(1_000);
  });
});
