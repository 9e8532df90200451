import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aDesk } from "@/e2e/factories/desk";
import { anAskedRemoval } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { startDeskLab, type DeskLab } from "@/e2e/lab/approval-desk/server";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { startWorker } from "@/lib/processes/start-worker";
import { readMetrics } from "./read-metrics";
import { testDesk } from "./test-desk";

const patient = { timeout: 20_000, interval: 50 };
let lab: DeskLab;
let worker: { stop: () => Promise<void> };
let administrator: Context;
beforeAll(async () => {
  lab = await startDeskLab();
  administrator = await anAdministrator();
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

test("each kind of desk says something real, and what it knew of is withdrawn again", async () => {
  for (const type of ["webhook", "servicenow", "jira"] as const) {
    const desk = await aDesk(administrator, lab, type, { enabled: false });
    expect(await testDesk(administrator, { deskId: desk.id })).toMatchObject({ ok: true });
    expect(await db().externalDelivery.findFirst({ where: { externalSystemId: desk.id } })).toMatchObject({
      kind: "test",
      outcome: "delivered",
    });
  }
  expect(lab.board.items.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "servicenow cancelled",
    "jira cancelled",
  ]);
});

test("one that cannot be reached, or refuses the account, is told as it is, without the secret", async () => {
  lab.board.setFaults("webhook", { down: true });
  const away = await aDesk(administrator, lab, "webhook", { enabled: false });
  const gone = await testDesk(administrator, { deskId: away.id });
  expect(gone).toMatchObject({ ok: false, statusCode: null });
  lab.board.setFaults("webhook", {});
  const wrong = { ...lab, jira: { ...lab.jira, password: "not-the-right-password" } };
  const locked = await aDesk(administrator, wrong, "jira", { enabled: false });
  const refused = await testDesk(administrator, { deskId: locked.id });
  expect(refused).toMatchObject({ ok: false, statusCode: 401 });
  const log = await db().externalDelivery.findMany({ where: { externalSystemId: locked.id } });
  expect(JSON.stringify([refused, log])).not.toContain("not-the-right-password");
});

test("a request goes out by itself within a second or two, and is counted", async () => {
  await aPerson("role-approval-admin");
  await aDesk(administrator, lab, "servicenow");
  const { ticketId } = await anAskedRemoval();
  const ticket = () => db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  await vi.waitFor(async () => expect(await ticket()).toMatchObject({ externalState: "waiting" }), patient);
  await lab.decide(ticketId, { approved: true, approver: "ann" });
  await db()
    .$executeRaw`UPDATE external_approval_requests SET next_poll_at = now() WHERE ticket_id = ${ticketId}`;
  await vi.waitFor(async () => expect(await ticket()).toMatchObject({ externalState: "decided" }), patient);
  const lines = (await readMetrics()).split("\n");
  expect(lines).toContain('shepherd_external_approval_requests_total{type="servicenow",status="decided"} 1');
  expect(lines).toContain('shepherd_external_approval_latency_seconds_count{type="servicenow"} 1');
  expect(lines).toContain(
    'shepherd_external_approval_latency_seconds_bucket{type="servicenow",le="86400"} 1',
  );
  expect(lines).toContain('shepherd_external_approval_errors_total{type="webhook"} 1');
});
