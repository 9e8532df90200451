import { describe, expect, test } from "vitest";
import { refused } from "@/e2e/factories/account";
import { aCluster } from "@/e2e/factories/cluster";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import type { DryRunVerdict, VmBlueprint } from "@/lib/vms/schema";
import { readCreation } from "../place-creation";
import { rejectRequest } from "../reject-request";
import { requestVm } from "../request-vm";
import { readCockpit } from "./queries";
import { recordChecks } from "./record-checks";

async function aWaiting() {
  const requester = await aPerson("role-development-engineer");
  const approver = await aPerson("role-approval-admin");
  const wish = await aVmWish(requester, { targetDiskGb: 60 });
  return { requester, approver, wish, ...(await requestVm(requester, wish)) };
}

async function blueprintOf(ticketId: string, diskGb?: number): Promise<VmBlueprint> {
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  return (await readCreation(db(), ticket, diskGb === undefined ? {} : { diskGb })).wanted;
}

function verdict(
  clusterId: string,
  result: DryRunVerdict["result"],
  message: string | null = null,
): DryRunVerdict {
  return { clusterId, result, namespaceExists: true, warnings: [], causes: [], message };
}

describe("what clusters said before", () => {
  test("an answer to the very same machine that has changed is told with when it was another", async () => {
    const { approver, ticketId } = await aWaiting();
    const blueprint = await blueprintOf(ticketId);
    const clusterId = newId();
    const first = await recordChecks(db(), approver, {
      ticketId,
      blueprint,
      verdicts: [verdict(clusterId, "accepted")],
    });
    expect(first).toEqual([{ clusterId, checkedAt: approver.now, before: null }]);
    const later = { ...approver, now: new Date(approver.now.getTime() + 60_000) };
    const second = await recordChecks(db(), later, {
      ticketId,
      blueprint,
      verdicts: [verdict(clusterId, "refused", "exceeded quota")],
    });
    expect(second).toEqual([
      {
        clusterId,
        checkedAt: later.now,
        before: { result: "accepted", message: "", checkedAt: approver.now },
      },
    ]);
    expect(await db().approvalCheck.findMany({ where: { ticketId } })).toMatchObject([
      { result: "refused", message: "exceeded quota", checkedBy: approver.actor.id },
    ]);
  });

  test("another machine is another question, and silence neither counts nor takes an answer back", async () => {
    const { approver, ticketId } = await aWaiting();
    const clusterId = newId();
    const ask = async (result: DryRunVerdict["result"], diskGb?: number) =>
      recordChecks(db(), approver, {
        ticketId,
        blueprint: await blueprintOf(ticketId, diskGb),
        verdicts: [verdict(clusterId, result)],
      });
    await ask("accepted");
    expect(await ask("not_checked")).toEqual([]);
    expect((await ask("refused"))[0]?.before).toMatchObject({ result: "accepted" });
    expect((await ask("refused", 70))[0]?.before).toBeNull();
  });
});

describe("the cockpit of one request", () => {
  test("it tells who asks, what else was asked, and the room of each cluster now and after all that waits", async () => {
    const { requester, approver, ticketId, wish } = await aWaiting();
    const cluster = await aCluster({ environment: "test" });
    const other = await requestVm(requester, {
      ...wish,
      instanceSizeId: (await aVmWish(requester)).instanceSizeId,
    });
    const cockpit = await readCockpit(approver, ticketId);
    expect(cockpit).toMatchObject({
      canDecide: true,
      refusal: null,
      requester: { username: requester.actor.username, role: "owner", machines: 0, approved: 0, waiting: 2 },
    });
    expect(cockpit.request.wishes).toEqual({ targetDiskGb: 60 });
    expect(cockpit.candidates.map(({ clusterId }) => clusterId)).toContain(cluster.id);
    await rejectRequest(approver, { ticketId: other.ticketId, reason: "no" });
    expect((await readCockpit(approver, ticketId)).requester).toMatchObject({ waiting: 1, rejected: 1 });
  });

  test("whoever asked looks and does not decide; to a stranger there is no such request", async () => {
    const { requester, ticketId } = await aWaiting();
    const stranger = await aPerson("role-development-engineer");
    expect(await refused(readCockpit(stranger, ticketId))).toMatchObject({
      code: "RESOURCE_NOT_FOUND",
      params: { resource: "ticket" },
    });
    expect(["PERMISSION_DENIED", "RESOURCE_NOT_FOUND"]).toContain(
      (await refused(readCockpit(requester, ticketId))).code,
    );
  });
});
