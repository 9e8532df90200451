import { expect, test } from "vitest";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { db } from "@/lib/core/db";
import { approveRequest } from "../approve-request";
import { requestVm } from "../request-vm";
import { noLimits } from "./schema";
import { readQuota } from "./queries";
import { requestIncrease } from "./request-increase";
import { setQuota } from "./set-quota";

async function aFullSystem() {
  const requester = await aPerson("role-development-engineer");
  const wish = await aVmWish(requester);
  const { systemId } = await db().service.findUniqueOrThrow({ where: { id: wish.serviceId } });
  const room = { systemId, environment: "test" };
  await setQuota(await anAdministrator(), { ...room, ...noLimits, vms: 0, cpuCores: 8 });
  return { requester, wish, room };
}

test("who has no room left asks for more, an approver grants it, and then the machine fits", async () => {
  const { requester, wish, room } = await aFullSystem();
  await expect(requestVm(requester, wish)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
  const asked = await requestIncrease(requester, { ...room, vms: 2, reason: "A cache" });
  expect(asked.status).toBe("PENDING_APPROVAL");
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: asked.ticketId } });
  expect(ticket).toMatchObject({ operationType: "QUOTA", environment: "test", serviceId: null });
  await approveRequest(await aPerson("role-approval-admin"), { ticketId: asked.ticketId });
  expect(await readQuota(requester, room)).toMatchObject({ limits: { vms: 2, cpuCores: 8 }, revision: 2 });
  expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: asked.ticketId } })).toMatchObject({
    status: "SUCCESS",
  });
  expect(await db().auditLog.count({ where: { action: "quota.increase", resourceId: room.systemId } })).toBe(
    1,
  );
  expect((await requestVm(requester, wish)).status).toBe("PENDING_APPROVAL");
});

test("more than there is, of something that is limited, and no twin of a waiting request", async () => {
  const { requester, room } = await aFullSystem();
  const ask = (more: object) => requestIncrease(requester, { ...room, reason: "More", ...more });
  await expect(ask({})).rejects.toMatchObject({ fields: [{ field: "vms", code: "required" }] });
  await expect(ask({ cpuCores: 8 })).rejects.toMatchObject({
    fields: [{ field: "cpuCores", code: "not_more" }],
  });
  await expect(ask({ diskGb: 10 })).rejects.toMatchObject({
    fields: [{ field: "diskGb", code: "unlimited" }],
  });
  await ask({ vms: 3 });
  await expect(ask({ vms: 4 })).rejects.toMatchObject({ code: "DUPLICATE_PENDING_REQUEST" });
});

test("a stranger to the System learns nothing of its room and asks for none", async () => {
  const { room } = await aFullSystem();
  const stranger = await aPerson("role-development-engineer");
  await expect(readQuota(stranger, room)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  await expect(requestIncrease(stranger, { ...room, vms: 3, reason: "More" })).rejects.toMatchObject({
    code: "RESOURCE_NOT_FOUND",
  });
  await expect(setQuota(stranger, { ...room, ...noLimits })).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
});
