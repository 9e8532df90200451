import { expect, test } from "vitest";
import { stepsOf } from "./request-steps";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
const asked = {
  operationType: "CREATE",
  status: "PENDING",
  steps: {},
  createdAt: at(0),
  approvedAt: null,
  finishedAt: null,
} as const;
const states = (request: Parameters<typeof stepsOf>[0]) => stepsOf(request).map(({ state }) => state);

test("a waiting request stands at its approval", () => {
  expect(states(asked).slice(0, 3)).toEqual(["done", "current", "waiting"]);
});

test("a step that was reached proves the ones before it", () => {
  const steps = stepsOf({
    ...asked,
    status: "EXECUTING",
    approvedAt: at(1),
    steps: { applied: "2026-01-01T12:02:00Z" },
  });
  expect(steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "submitted done",
    "approved done",
    "namespace done",
    "manifest done",
    "applied done",
    "scheduled current",
    "running waiting",
  ]);
});

test("a failed request marks the step that was not reached, and nothing comes after it", () => {
  const failed = {
    ...asked,
    status: "FAILED",
    approvedAt: at(1),
    finishedAt: at(3),
    steps: { namespace: "x" },
  } as const;
  expect(states(failed)).toEqual(["done", "done", "done", "failed", "skipped", "skipped", "skipped"]);
});

test("a rejected request fails at its approval", () => {
  expect(states({ ...asked, status: "REJECTED", finishedAt: at(1) })[1]).toBe("failed");
});

test("a withdrawn request waits for nothing", () => {
  expect(states({ ...asked, status: "CANCELLED", finishedAt: at(1) }).slice(1)).not.toContain("waiting");
});

test("a request that succeeded is done throughout, whatever was noted on the way", () => {
  expect(new Set(states({ ...asked, status: "SUCCESS", approvedAt: at(1), finishedAt: at(2) }))).toEqual(
    new Set(["done"]),
  );
});

test("a console grant ends with its approval", () => {
  const granted = {
    ...asked,
    operationType: "VNC_ACCESS",
    status: "SUCCESS",
    approvedAt: at(1),
    finishedAt: at(1),
  } as const;
  expect(stepsOf(granted).map(({ name }) => name)).toEqual(["submitted", "approved", "done"]);
});
