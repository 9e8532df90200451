import { expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { approveRequest } from "@/lib/requests/approve-request";
import { countQueue, listQueue, listRequests, readDesk, readRequest } from "@/lib/requests/queries";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requestConsole } from "@/lib/requests/request-console";
import { assignRole } from "./assign-role";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);

/** A production console asked for on a System of its own. */
async function aWaitingRequest() {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const asked = await requestConsole(ctx, {
    vmId: vm.id,
    consoleType: "vnc",
    reason: "Looking at a boot",
    minutes: 5,
  });
  return { systemId: vm.systemId, ticketId: asked.ticketId ?? "" };
}

/** Somebody who approves on this System alone. */
async function anApproverOn(systemId: string, environments = ["prod"]) {
  const approver = await aPerson(null);
  const { id: userId } = approver.actor;
  await assignRole(await anAdministrator(), {
    userId,
    roleId: "role-approval-admin",
    systemId,
    environments,
  });
  return approver;
}

const idsOf = async (list: typeof listQueue | typeof listRequests, ctx: Context) =>
  (await list(ctx, { perPage: 100 })).items.map(({ id }) => id);

test("an approver bound to one System sees and decides what that System asks, and nothing else", async () => {
  const ours = await aWaitingRequest();
  const theirs = await aWaitingRequest();
  const approver = await anApproverOn(ours.systemId);

  expect(await idsOf(listQueue, approver)).toEqual([ours.ticketId]);
  expect(await idsOf(listRequests, approver)).toEqual([ours.ticketId]);
  expect(await countQueue(approver)).toBe(1);
  expect(await readDesk(approver, ours.ticketId)).toMatchObject({ canDecide: true });
  expect(await outcome(readRequest(approver, theirs.ticketId))).toBe("RESOURCE_NOT_FOUND");
  expect(await outcome(readDesk(approver, theirs.ticketId))).toBe("RESOURCE_NOT_FOUND");

  expect(await outcome(approveRequest(approver, { ticketId: theirs.ticketId }))).toBe("RESOURCE_NOT_FOUND");
  expect(await outcome(rejectRequest(approver, { ticketId: theirs.ticketId, reason: "Not mine" }))).toBe(
    "RESOURCE_NOT_FOUND",
  );
  expect(await outcome(approveRequest(approver, { ticketId: ours.ticketId }))).toBe("done");

  const decided = await db().approvalTicket.findMany({
    where: { id: { in: [ours.ticketId, theirs.ticketId] } },
  });
  expect(new Map(decided.map((ticket) => [ticket.id, ticket.approverId]))).toEqual(
    new Map([
      [ours.ticketId, approver.actor.id],
      [theirs.ticketId, null],
    ]),
  );
});

test("they are told of what waits there, and of nothing else", async () => {
  const approver = await anApproverOn((await aWaitingRequest()).systemId);
  await aWaitingRequest();
  const { systemId } = await aWaitingRequest();
  const second = await anApproverOn(systemId);
  const vm = await db().vm.findFirstOrThrow({ where: { service: { systemId } } });
  const { ctx } = await aConsoleUser(systemId);

  await requestConsole(ctx, { vmId: vm.id, consoleType: "vnc", reason: "Looking again", minutes: 5 });

  const told = async (recipientId: string) => db().notification.count({ where: { recipientId } });
  expect([await told(approver.actor.id), await told(second.actor.id)]).toEqual([0, 1]);
});

test("in other environments of the System they see and decide nothing", async () => {
  const { systemId, ticketId } = await aWaitingRequest();
  const approver = await anApproverOn(systemId, ["test"]);

  expect(await idsOf(listQueue, approver)).toEqual([]);
  expect(await outcome(readDesk(approver, ticketId))).toBe("RESOURCE_NOT_FOUND");
  expect(await outcome(approveRequest(approver, { ticketId }))).toBe("RESOURCE_NOT_FOUND");
});
