import { expect, test } from "vitest";
import type { VmListRow } from "@/lib/vms/list/schema";
import { receiveRows, showRows, updateRows } from "./keep-rows";

const at = new Date("2026-01-01T00:00:00Z");
const row = (id: string, over: Partial<VmListRow> = {}): VmListRow => ({
  ...{ id, name: id, origin: "request", namespace: "n", environment: "test", status: "RUNNING" },
  ...{
    statusMessage: null,
    clusterStatus: null,
    systemId: "s",
    systemName: "s",
    serviceId: "v",
    serviceName: "v",
  },
  ...{ clusterName: "c", ip: null, cpuCores: 1, memoryGi: 1, diskGb: 10, statusSince: at, observedAt: null },
  ...{
    createdAt: at,
    templateName: null,
    sizeName: null,
    ownerName: null,
    expiresAt: null,
    isProtected: false,
  },
  ...over,
});
const column = "name" as const;
const view = (kept: ReturnType<typeof showRows>) => kept.rows.map(({ vm, mark }) => [vm.id, vm.status, mark]);

test("a row changes where it stands, and one that left stays and is marked", () => {
  const kept = showRows("k", [row("a"), row("b"), row("c")]);
  const sent = [row("c"), row("a", { status: "STOPPED" })];
  expect(view(receiveRows(kept, { key: "k", rows: sent, column }))).toEqual([
    ["a", "STOPPED", null],
    ["b", "RUNNING", "left"],
    ["c", "RUNNING", null],
  ]);
});

test("what is new is counted once and shown when somebody asks, in its order", () => {
  const first = receiveRows(showRows("k", [row("a"), row("b")]), {
    key: "k",
    rows: [row("n"), row("a")],
    column,
  });
  expect([view(first).map(([id, , mark]) => [id, mark]), [...first.arrived]]).toEqual([
    [
      ["a", null],
      ["b", null],
    ],
    ["n"],
  ]);
  const again = receiveRows(first, { key: "k", rows: [row("n"), row("a")], column });
  expect([...again.arrived]).toEqual(["n"]);
  const shown = receiveRows(
    { ...again, isAccepting: true },
    { key: "k", rows: [row("n"), row("a")], column },
  );
  expect([shown.rows.map(({ vm }) => vm.id), shown.arrived.size, shown.isAccepting]).toEqual([
    ["n", "a"],
    0,
    false,
  ]);
});

test("another search begins anew", () => {
  const kept = showRows("k", [row("a")]);
  expect(view(receiveRows(kept, { key: "other", rows: [row("z")], column }))).toEqual([
    ["z", "RUNNING", null],
  ]);
});

test("rows read by themselves: only what was asked for is judged, and a change of the order's column is told", () => {
  const kept = showRows("k", [row("a"), row("b"), row("c")]);
  const read = {
    ...{ rows: [row("a", { status: "STOPPED" }), row("b", { status: "FAILED" })], matching: new Set(["a"]) },
    ...{ column: "status" as const, asked: new Set(["a", "b"]) },
  };
  expect(view(updateRows(kept, read))).toEqual([
    ["a", "STOPPED", "moved"],
    ["b", "FAILED", "left"],
    ["c", "RUNNING", null],
  ]);
});
