import { describe, expect, test } from "vitest";
import { modificationWish, planRow } from "@/lib/vms/modification/schema";
import { rowsOf, type ChangeFacts } from "./rules";

const startedAt = new Date("2026-11-20T10:00:00Z");
const later = new Date("2026-11-20T11:00:00Z");
const earlier = new Date("2026-11-20T09:00:00Z");

const memory = (gi: number) => modificationWish.parse({ memory: { gi, requestGi: null } });
const applied = (verdict: "live" | "restart", field = "memoryGi") =>
  planRow.parse({ field, from: 4, to: 8, verdict, reason: "hot_plug", params: {}, refusal: null });

const aChange = (over: Partial<ChangeFacts> = {}): ChangeFacts => ({
  ticketId: "t1",
  status: "SUCCESS",
  heldUntil: null,
  asked: memory(8),
  decided: null,
  applied: [],
  appliedAt: later,
  ...over,
});

type Facts = Parameters<typeof rowsOf>[0];
const rows = (over: Partial<Facts> = {}) =>
  rowsOf({
    firstAsked: { cpuCores: 2, memoryGi: 4 },
    approved: { cpuCores: 2, memoryGi: 8 },
    live: { cpuCores: 2, memoryGi: 8 },
    changes: [],
    restartRequired: false,
    runningSince: startedAt,
    ...over,
  });
const memoryRow = (over: Partial<Facts> = {}) => rows(over).find(({ path }) => path === "memoryGi");

describe("every setting of a machine", () => {
  test("the last request counts as what was asked", () => {
    expect(memoryRow()?.asked).toBe(4);
    expect(
      memoryRow({ changes: [aChange({ asked: memory(16) }), aChange({ asked: memory(6) })] })?.asked,
    ).toBe(16);
  });

  test("a machine that was found was asked for by nobody", () => {
    expect(memoryRow({ firstAsked: {} })).toMatchObject({ isAsked: false, asked: null, approved: 8 });
  });

  test("what the cluster has otherwise is marked, and what nobody read is not", () => {
    expect(memoryRow({ live: { memoryGi: 16 } })).toMatchObject({ isDrifted: true, live: 16 });
    expect(memoryRow({ live: {} })).toMatchObject({ isDrifted: false, isRead: false });
  });

  const onTheWay: [string, Partial<ChangeFacts>, string, number][] = [
    ["waits for an approval", { status: "PENDING" }, "waiting", 8],
    ["waits for its hour", { status: "APPROVED", heldUntil: later, decided: memory(6) }, "held", 6],
    ["is approved", { status: "APPROVED" }, "running", 8],
    ["is carried out", { status: "EXECUTING" }, "running", 8],
  ];
  test.for(onTheWay)("a change that %s stands beside what it changes", ([, over, state, value]) => {
    expect(memoryRow({ changes: [aChange(over)] })?.pending).toMatchObject({ state, value, ticketId: "t1" });
  });

  test("a setting that only a change on its way names has a row", () => {
    const wish = modificationWish.parse({
      paths: [
        { path: "spec.template.spec.evictionStrategy", before: null, value: "LiveMigrate", isOverride: true },
      ],
    });
    const found = rows({ changes: [aChange({ status: "PENDING", asked: wish })] });
    expect(found.at(-1)).toMatchObject({
      path: "spec.template.spec.evictionStrategy",
      approved: null,
      pending: { value: "LiveMigrate" },
    });
  });
});

describe("how a change took effect", () => {
  test("what was plugged in since the start did so live", () => {
    expect(memoryRow({ changes: [aChange({ applied: [applied("live")] })] })?.effect).toBe("live");
  });

  test("what was changed before the last start is nothing to tell", () => {
    const change = aChange({ applied: [applied("live")], appliedAt: earlier });
    expect(memoryRow({ changes: [change] })?.effect).toBeNull();
  });

  test("what waits for a restart is marked for as long as the cluster asks for one", () => {
    const changes = [aChange({ applied: [applied("restart")] })];
    expect(memoryRow({ changes, restartRequired: true })?.effect).toBe("needs_restart");
    expect(memoryRow({ changes, restartRequired: false })?.effect).toBeNull();
  });

  test("after a move to another node the machine still waits, although its state is newer", () => {
    const changes = [aChange({ applied: [applied("restart")], appliedAt: earlier })];
    expect(memoryRow({ changes, restartRequired: true })?.effect).toBe("needs_restart");
  });
});
