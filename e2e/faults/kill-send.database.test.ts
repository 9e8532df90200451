import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aDesk } from "@/e2e/factories/desk";
import { anAskedRemoval, outsideRequestsOf } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { startDeskLab, type DeskLab } from "@/e2e/lab/approval-desk/server";
import { db } from "@/lib/core/db";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

const patient = { timeout: 40_000, interval: 100 };
let lab: DeskLab;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  lab = await startDeskLab();
});
afterAll(async () => {
  for (const worker of workers) worker.signal("SIGKILL");
  await Promise.all(workers.map(({ ended }) => ended));
  await lab.stop();
});

test("a worker killed between the push and its record: the desk has one request, sent twice, and decides it once", async () => {
  const administrator = await anAdministrator();
  await aPerson("role-approval-admin");
  await aDesk(administrator, lab, "webhook", { statusUrl: lab.webhook.statusUrl, timeoutSeconds: 60 });
  lab.board.setFaults("webhook", { holdAnswers: true });
  const first = await startWorkerProcess();
  workers.push(first);
  const { ticketId } = await anAskedRemoval();
  const items = () => lab.board.items.filter((item) => item.ticketId === ticketId);
  await vi.waitFor(() => expect(items()).toHaveLength(1), patient);
  first.signal("SIGKILL");
  await first.ended;
  expect((await outsideRequestsOf(ticketId))[0]).toMatchObject({ status: "sending", attempts: 1 });

  lab.board.setFaults("webhook", {});
  // The dead worker's lease runs out, as it would after three minutes.
  await db().$executeRaw`
    UPDATE external_approval_requests SET lease_until = now() - interval '1 second' WHERE ticket_id = ${ticketId}`;
  workers.push(await startWorkerProcess());
  await vi.waitFor(
    async () =>
      expect((await outsideRequestsOf(ticketId))[0]).toMatchObject({ status: "waiting", attempts: 2 }),
    patient,
  );
  expect(items()).toMatchObject([{ arrivals: 2 }]);

  await lab.decide(ticketId, { approved: true, approver: "ann" });
  await db().$executeRaw`
    UPDATE external_approval_requests SET next_poll_at = now() - interval '1 second' WHERE ticket_id = ${ticketId}`;
  const ticket = () => db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  await vi.waitFor(async () => expect(await ticket()).toMatchObject({ externalState: "decided" }), patient);
  const decided = { resourceId: ticketId, action: "approval.external" };
  const records = await db().auditLog.findMany({ where: decided, orderBy: { id: "asc" } });
  expect(records.map(({ details }) => details)).toMatchObject([{ phase: "routed" }, { phase: "decided" }]);
}, 120_000);
