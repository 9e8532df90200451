import { stdout } from "node:process";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { approveRequest } from "@/lib/requests/approve-request";
import { startHeld } from "@/lib/requests/calendar/start-held.handler";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { resubmitRequest } from "@/lib/requests/conversation/resubmit-request";
import { deleteVm } from "@/lib/requests/delete-vm";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requestVm } from "@/lib/requests/request-vm";
import { aMightyCast, type SignedIn } from "./logic/make-cast";
import { aRequestIn } from "./logic/make-requests";

const atOnce = 100;
const patience = 120_000;

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let approvers: SignedIn[];

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  approvers = await Promise.all(Array.from({ length: 10 }, () => aPerson("role-approval-admin")));
  await registerCluster(platformContext("test"), {
    ...{ name: `lab-${newId().slice(-6)}`, displayName: "Lab", environment: "test" },
    ...{ kubeconfig: lab.kubeconfig, schedulingWeight: 100 },
  });
  await vi.waitFor(() => db().cluster.findFirstOrThrow({ where: { status: "HEALTHY" } }), {
    timeout: 30_000,
  });
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

/** The n-th of them all, everybody in turn. */
function approverOf(index: number): SignedIn {
  const approver = approvers[index % approvers.length];
  if (approver === undefined) throw new Error("there are ten of them");
  return approver;
}

/** How many came through; whoever did not was told so, or waited in vain for one of ten connections. */
async function settleAll(acts: Promise<unknown>[]): Promise<number> {
  const results = await Promise.allSettled(acts);
  const refusals = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  const unexpected = refusals.filter((error) => !(error instanceof AppError || isDatabaseUnavailable(error)));
  expect(unexpected).toEqual([]);
  return results.length - refusals.length;
}

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const recordsOf = (resourceId: string, action: string) =>
  db().auditLog.count({ where: { resourceId, action } });

async function jobsOf(eventId: string, name: string): Promise<number> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = ${name} AND data ->> 'eventId' = ${eventId}`;
  return rows.length;
}

describe("many at once come to one effect", () => {
  test(
    "a hundred approvals of one creation",
    async () => {
      const requester = await aPerson("role-development-engineer");
      const { ticketId, eventId } = await requestVm(requester, await aVmWish(requester));
      lab.control.clearLedger();
      const acts = Array.from({ length: atOnce }, (_, at) => approveRequest(approverOf(at), { ticketId }));
      expect(await settleAll(acts)).toBe(1);
      await expect.poll(async () => (await ticketOf(ticketId)).status, { timeout: 60_000 }).toBe("SUCCESS");
      expect(await db().vm.count({ where: { ticketId } })).toBe(1);
      expect(await recordsOf(ticketId, "approval.approve")).toBe(1);
      expect(await jobsOf(eventId, "vms.create")).toBe(1);
      expect(await db().reservation.count({ where: { ticketId } })).toBe(1);
      expect(
        await db().domainEvent.count({ where: { payload: { path: ["ticketId"], equals: ticketId } } }),
      ).toBe(1);
      stdout.write(`parallel approvals: ${atOnce} at once, 1 approved, 1 machine, 1 event, 1 reservation\n`);
    },
    patience,
  );

  test(
    "a creation that waits is made as it was approved, whatever its size has become",
    async () => {
      const requester = await aPerson("role-development-engineer");
      const wish = await aVmWish(requester);
      const startAt = new Date(Date.now() + 86_400_000).toISOString();
      const { ticketId } = await requestVm(requester, { ...wish, startAt });
      await approveRequest(approverOf(0), { ticketId });
      await db().instanceSize.update({
        where: { id: wish.instanceSizeId },
        data: {
          cpuCores: 64,
          memoryGi: 256,
          specOverrides: { "spec.template.spec.domain.cpu.model": "host-model" },
        },
        select: { id: true },
      });
      await db().$executeRaw`
        UPDATE approval_tickets SET held_until = now() - interval '1 second' WHERE id = ${ticketId}`;
      await Promise.all(Array.from({ length: 8 }, () => startHeld({ ticketId })));
      const made = await db().vm.findMany({ where: { ticketId } });
      expect(made).toMatchObject([{ blueprint: { cpuLimit: 1, memoryLimitGi: 2, overrides: {} } }]);
    },
    patience,
  );

  test(
    "a hundred times the same wish",
    async () => {
      const cast = await aMightyCast("somebody's", "role-viewer");
      const machine = await aRequestIn(cast, "CANCELLED");
      const vmId = (await ticketOf(machine)).resourceId ?? "";
      const ask = () => deleteVm(cast.requester, { vmId, reason: "over", confirm: true });
      expect(await settleAll(Array.from({ length: atOnce }, ask))).toBe(1);
      expect(await db().approvalTicket.count({ where: { resourceId: vmId, status: "PENDING" } })).toBe(1);
      stdout.write(`parallel submissions: ${atOnce} at once, 1 request\n`);
    },
    patience,
  );

  test(
    "a hundred decisions, half of them no",
    async () => {
      const cast = await aMightyCast("somebody's", "role-viewer");
      const ticketId = await aRequestIn(cast, "PENDING");
      const acts = Array.from({ length: atOnce }, (_, at) =>
        at % 2 === 0
          ? approveRequest(approverOf(at), { ticketId })
          : rejectRequest(approverOf(at), { ticketId, reason: "no" }),
      );
      expect(await settleAll(acts)).toBe(1);
      const [yes, no] = [
        await recordsOf(ticketId, "vm.delete_approved"),
        await recordsOf(ticketId, "approval.reject"),
      ];
      expect([yes, no].toSorted()).toEqual([0, 1]);
      const ticket = await ticketOf(ticketId);
      expect(ticket.approvedAt === null ? "REJECTED" : "APPROVED").toBe(no === 1 ? "REJECTED" : "APPROVED");
      expect(await db().approvalStepDecision.count({ where: { step: { ticketId } } })).toBe(1);
      stdout.write(`parallel decisions: ${atOnce} at once, ${yes + no} outcome\n`);
    },
    patience,
  );

  test(
    "approvals against withdrawals against answers",
    async () => {
      const cast = await aMightyCast("somebody's", "role-viewer");
      const rounds = 20;
      for (let round = 0; round < rounds; round += 1) {
        const ticketId = await aRequestIn(cast, "ASKED");
        const decisive = settleAll([
          approveRequest(approverOf(round), { ticketId }),
          cancelRequest(cast.requester, { ticketId, reason: "" }),
        ]);
        const answers = settleAll([resubmitRequest(cast.requester, { ticketId, answer: "So." })]);
        expect(await decisive).toBe(1);
        await answers;
        const approved = await recordsOf(ticketId, "vm.delete_approved");
        const cancelled = await recordsOf(ticketId, "approval.cancel");
        expect(approved + cancelled).toBe(1);
        const { status, approvedAt, cancelledAt } = await ticketOf(ticketId);
        expect(approvedAt !== null).toBe(approved === 1);
        expect(cancelledAt !== null).toBe(cancelled === 1);
        expect(status === "CANCELLED").toBe(cancelled === 1);
      }
      stdout.write(`approve against cancel against answer: ${rounds} rounds, ${rounds} with one outcome\n`);
    },
    patience,
  );
});
