import { expect, test } from "vitest";
import { momentsOf } from "./request-moments";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
const request = {
  status: "PENDING",
  steps: {},
  requesterName: "ada",
  approverName: null,
  createdAt: at(0),
  approvedAt: null,
  rejectedAt: null,
  cancelledAt: null,
  finishedAt: null,
} as const;

test("only what happened is told, newest first", () => {
  const told = momentsOf({
    ...request,
    status: "FAILED",
    approverName: "bob",
    approvedAt: at(1),
    steps: { applied: at(3).toISOString(), namespace: at(2).toISOString() },
    finishedAt: at(9),
  });
  expect(told.map(({ kind, by }) => [kind, by])).toEqual([
    ["failed", null],
    ["applied", null],
    ["namespace", null],
    ["approved", "bob"],
    ["submitted", "ada"],
  ]);
});

test("a rule that approved is not told as a person", () => {
  const [first] = momentsOf({
    ...request,
    status: "APPROVED",
    approverName: "policy:test",
    approvedAt: at(1),
  });
  expect(first).toMatchObject({ kind: "approvedByRule", by: null });
});

test("whoever asked is the one who withdrew", () => {
  const [first] = momentsOf({ ...request, status: "CANCELLED", cancelledAt: at(4), finishedAt: at(4) });
  expect(first).toMatchObject({ kind: "cancelled", by: "ada" });
});

test("steps of the same moment keep their order", () => {
  const together = at(2).toISOString();
  const told = momentsOf({
    ...request,
    steps: { namespace: together, manifest: together, applied: together },
  });
  expect(told.map(({ kind }) => kind)).toEqual(["applied", "manifest", "namespace", "submitted"]);
});
