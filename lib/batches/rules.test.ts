import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeJobs } from "@/lib/core/jobs";
import type { RequestState } from "@/lib/requests/machine";
import { batchMachine } from "./machine";
import { batchStateOf, requireStillWithinLimits, requireWithinLimits } from "./rules";

afterAll(closeJobs);

type Kind = RequestState;

function stateOf(children: readonly Kind[]) {
  const count = (...of: Kind[]) => children.filter((child) => of.includes(child)).length;
  return batchStateOf({
    undecided: count("PENDING"),
    pending: count("PENDING", "APPROVED", "EXECUTING"),
    success: count("SUCCESS"),
    failed: count("FAILED", "REJECTED"),
    cancelled: count("CANCELLED"),
  });
}

test.for([
  [["PENDING", "PENDING"], "PENDING_APPROVAL"],
  [["PENDING", "CANCELLED"], "PENDING_APPROVAL"],
  [["PENDING", "REJECTED"], "IN_PROGRESS"],
  [["PENDING", "APPROVED"], "IN_PROGRESS"],
  [["EXECUTING", "SUCCESS"], "IN_PROGRESS"],
  [["SUCCESS", "SUCCESS"], "COMPLETED"],
  [["SUCCESS", "CANCELLED"], "COMPLETED"],
  [["SUCCESS", "FAILED"], "PARTIAL_SUCCESS"],
  [["SUCCESS", "REJECTED"], "PARTIAL_SUCCESS"],
  [["FAILED", "CANCELLED"], "FAILED"],
  [["REJECTED", "REJECTED"], "FAILED"],
  [["CANCELLED", "CANCELLED"], "CANCELLED"],
] as const)("children %j make a batch that is %s", ([children, state]) => {
  expect(stateOf(children)).toBe(state);
});

test("the database draws the same, with any children in any order of changes, and never by an illegal move", async () => {
  const legal = new Set(
    Object.values(batchMachine.moves).flatMap(({ from, to }) => from.map((state) => `${state} ${to}`)),
  );
  for (let round = 0; round < 40; round += 1) {
    const children: Kind[] = Array.from({ length: 1 + (round % 5) }, () => "PENDING");
    const { batchId, ticketIds } = await aBatch(children.length);
    let before = await readState(batchId);
    for (let change = 0; change < 8; change += 1) {
      const at = (round * 7 + change * 3) % children.length;
      const next = followersOf(children[at] ?? "PENDING")[(round + change) % 3];
      if (next === undefined) continue;
      children[at] = next;
      await db().approvalTicket.update({
        where: { id: ticketIds[at] ?? "" },
        data: { status: next },
        select: { id: true },
      });
      const after = await readState(batchId);
      expect(after, children.join()).toBe(stateOf(children));
      if (after !== before) expect(legal).toContain(`${before} ${after}`);
      before = after;
    }
  }
});

/** Where a request may go from there, as its own machine says. */
function followersOf(kind: Kind): readonly Kind[] {
  if (kind === "PENDING") return ["APPROVED", "REJECTED", "CANCELLED"];
  if (kind === "APPROVED") return ["EXECUTING", "SUCCESS", "FAILED"];
  if (kind === "EXECUTING") return ["SUCCESS", "FAILED", "SUCCESS"];
  return kind === "FAILED" ? ["APPROVED", "APPROVED", "APPROVED"] : [];
}

async function aBatch(childCount: number): Promise<{ batchId: string; ticketIds: string[] }> {
  const batchId = newId();
  await db().batchApprovalTicket.create({
    data: {
      ...{ id: batchId, operation: "POWER", reason: "", requestId: batchId, bodyHash: "" },
      ...{ createdBy: "test", createdByName: "test", childCount },
    },
    select: { id: true },
  });
  const ticketIds = Array.from({ length: childCount }, newId);
  await db().approvalTicket.createMany({
    data: ticketIds.map((id, index) => ({
      ...{ id, eventId: newId(), operationType: "ACCESS", operation: "SYSTEM_ACCESS", reason: "" },
      ...{ requesterId: "test", requesterName: "test", resourceType: "system", duplicateKey: id },
      ...{ systemId: "s", systemName: "s", batchId, sequenceNo: index + 1 },
    })),
  });
  return { batchId, ticketIds };
}

const readState = async (id: string) =>
  (await db().batchApprovalTicket.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;

const limits = {
  openBatchesOfAllMax: 100,
  openBatchesMax: 3,
  waitingChildrenMax: 30,
  cooldownSeconds: 120,
  isExempt: false,
};
const idle = { openBatchesOfAll: 0, openBatches: 0, waitingChildren: 0, secondsSinceLast: null };

test.for([
  ["nothing open", {}, null],
  ["everybody's number reached", { openBatchesOfAll: 100 }, "global open_batches"],
  ["the pause is not over", { secondsSinceLast: 119.2 }, "user cooldown"],
  ["the pause is over", { secondsSinceLast: 120 }, null],
  ["a third is open", { openBatches: 3 }, "user open_batches"],
  ["thirty wait", { waitingChildren: 30 }, "user waiting_requests"],
] as const)("before a batch is opened: %s", ([, usage, refusal]) => {
  expect(refusalOf(() => requireWithinLimits(limits, { ...idle, ...usage }))).toBe(refusal);
});

test("who is exempt is bound by what everybody together may have, and by nothing else", () => {
  const exempt = { ...limits, isExempt: true };
  const full = { openBatchesOfAll: 99, openBatches: 50, waitingChildren: 400, secondsSinceLast: 0 };
  expect(refusalOf(() => requireWithinLimits(exempt, full))).toBe(null);
  expect(refusalOf(() => requireWithinLimits(exempt, { ...full, openBatchesOfAll: 100 }))).toBe(
    "global open_batches",
  );
});

test("with the batch counted in, one more than the number is too many and the number is not", () => {
  const at = (openBatchesOfAll: number, waitingChildren: number) =>
    refusalOf(() => requireStillWithinLimits(limits, { ...idle, openBatchesOfAll, waitingChildren }));
  expect([at(100, 30), at(101, 0), at(1, 31)]).toEqual([
    null,
    "global open_batches",
    "user waiting_requests",
  ]);
});

function refusalOf(attempt: () => void): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    const { params } = error as { params: Record<string, string> };
    return `${params["limitType"]} ${params["limit"]}`;
  }
}
