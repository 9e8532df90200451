import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { checkInvariants } from "@/e2e/bench/invariants/check-all";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { decideBatch } from "./decide-batch";
import { readBatch } from "./queries";
import { retryBatch } from "./retry-batch";
import { submitBatch } from "./submit-batch";
import { submitDecisions } from "./submit-decisions";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let requester: Context;
let decider: Context;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  requester = await aPerson("role-development-engineer");
  decider = await aPerson("role-approval-admin");
  await registerCluster(platformContext("test"), {
    name: `lab-${newId().slice(-6)}`,
    displayName: "Lab",
    environment: "test",
    kubeconfig: lab.kubeconfig,
    schedulingWeight: 100,
  });
  await vi.waitFor(() => db().cluster.findFirstOrThrow({ where: { status: "HEALTHY" } }), {
    timeout: 10_000,
  });
});
beforeEach(async () => {
  lab.control.clearLedger();
  await db().$executeRaw`DELETE FROM batch_approval_tickets`;
});
afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

async function aBatchOf(count: number) {
  const { reason: _reason, ...item } = await aVmWish(requester);
  const items = Array.from({ length: count }, () => item);
  return submitBatch(requester, { operation: "CREATE", reason: "Caches", items });
}

/** A dry run passes, the real change does not. */
function refuseOneCreation() {
  lab.control.faults.set({
    status: 422,
    method: "PATCH",
    path: "/virtualmachines/[^?]*\\?(?!.*dryRun)",
    times: 1,
  });
}

const stateOf = async (batchId: string) => (await readBatch(requester, batchId)).status;
const noticesOf = (batchId: string) =>
  db().notification.count({ where: { type: "BATCH_COMPLETED", resourceId: batchId } });

/** Changes of machines that the cluster has really made. */
const creationsOf = (name: string | null) =>
  lab.control
    .ledger()
    .filter((call) => call.name === name && call.method === "PATCH" && call.effective && !call.dryRun);

test("of six one is refused by the cluster: the batch is a partial success; retried, it makes that one and no other", async () => {
  const { batchId } = await aBatchOf(6);
  refuseOneCreation();
  const approved = await decideBatch(decider, { batchId, verdict: "approve", reason: "" });
  expect(approved.affectedTicketIds).toHaveLength(6);
  await expect.poll(() => stateOf(batchId), { timeout: 40_000 }).toBe("PARTIAL_SUCCESS");
  const before = await readBatch(requester, batchId);
  expect(before).toMatchObject({ successCount: 5, failedCount: 1, pendingCount: 0, canRetry: true });
  const failed = before.children.find(({ status }) => status === "FAILED");
  expect(failed?.error).toMatchObject({ code: "CLUSTER_REJECTED" });
  await expect.poll(() => noticesOf(batchId), { timeout: 10_000 }).toBe(1);

  const retried = await retryBatch(requester, { batchId });
  expect(retried).toMatchObject({ affectedTicketIds: [failed?.ticketId], refused: [] });
  await expect.poll(() => stateOf(batchId), { timeout: 40_000 }).toBe("COMPLETED");

  const after = await readBatch(requester, batchId);
  const again = after.children.find(({ ticketId }) => ticketId === failed?.ticketId);
  expect(again).toMatchObject({
    resourceId: failed?.resourceId,
    resourceName: failed?.resourceName,
    status: "SUCCESS",
  });
  expect(again?.eventId).not.toBe(failed?.eventId);
  for (const { resourceName } of after.children) expect(creationsOf(resourceName)).toHaveLength(1);
  expect(
    await db().vm.count({ where: { ticketId: { in: after.children.map(({ ticketId }) => ticketId) } } }),
  ).toBe(6);
  await expect.poll(() => noticesOf(batchId), { timeout: 10_000 }).toBe(2);
  await expect(retryBatch(requester, { batchId })).rejects.toMatchObject({ code: "INVALID_STATE" });
  expect(await checkInvariants()).toEqual([]);
}, 90_000);

test("twenty retries of the same failure at once make one machine", async () => {
  const { batchId } = await aBatchOf(1);
  refuseOneCreation();
  await decideBatch(decider, { batchId, verdict: "approve", reason: "" });
  await expect.poll(() => stateOf(batchId), { timeout: 40_000 }).toBe("FAILED");
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => retryBatch(requester, { batchId })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect.poll(() => stateOf(batchId), { timeout: 40_000 }).toBe("COMPLETED");
  const { children } = await readBatch(requester, batchId);
  expect(creationsOf(children[0]?.resourceName ?? null)).toHaveLength(1);
  expect(await checkInvariants()).toEqual([]);
}, 90_000);

test("many decided together have a result each: one is decided already, one is one's own, the others run", async () => {
  const { batchId } = await aBatchOf(3);
  const { children } = await readBatch(requester, batchId);
  const [first, second, third] = children.map(({ ticketId }) => ticketId);
  await decideBatch(decider, { batchId, verdict: "reject", reason: "Too many" }).catch(() => undefined);
  const other = await aBatchOfAnother();
  const items = [first, second, third, other].map((ticketId) => ({ ticketId: ticketId ?? "" }));
  const requestId = newId();
  const answer = await submitDecisions(decider, { items, requestId });
  expect(answer.status).toBe("PARTIAL_SUCCESS");
  const decided = await readBatch(decider, answer.batchId);
  expect(decided).toMatchObject({ operation: "APPROVE", successCount: 1, failedCount: 3 });
  expect(decided.children.map(({ status, error }) => error?.code ?? status)).toEqual([
    "INVALID_STATE",
    "INVALID_STATE",
    "INVALID_STATE",
    "SUCCESS",
  ]);
  expect(await submitDecisions(decider, { items, requestId })).toEqual(answer);
  await expect(readBatch(requester, answer.batchId)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
});

async function aBatchOfAnother(): Promise<string> {
  const another = await aPerson("role-development-engineer");
  const { reason: _reason, ...item } = await aVmWish(another);
  const { batchId } = await submitBatch(another, { operation: "CREATE", reason: "Mine", items: [item] });
  return (await readBatch(another, batchId)).children[0]?.ticketId ?? "";
}

test("children that end at the same moment are all counted", async () => {
  await db().platformSetting.create({
    data: { key: "batch.pending_children_per_user", value: 100, updatedBy: "test" },
    select: { key: true },
  });
  const { batchId } = await aBatchOf(10);
  const { children } = await readBatch(requester, batchId);
  const ends = ["SUCCESS", "FAILED", "REJECTED", "CANCELLED"];
  await Promise.all(
    children.map(({ ticketId }, at) =>
      db().approvalTicket.update({
        where: { id: ticketId },
        data: { status: ends[at % ends.length] ?? "" },
        select: { id: true },
      }),
    ),
  );
  expect(await readBatch(requester, batchId)).toMatchObject({
    status: "PARTIAL_SUCCESS",
    ...{ pendingCount: 0, successCount: 3, failedCount: 5, cancelledCount: 2 },
  });
});
