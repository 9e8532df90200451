import { expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { anAdministrator } from "@/e2e/factories/person";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { grantConsole } from "@/lib/console/grant-console";
import { closeRequest } from "../close-request.handler";
import { startHeld } from "../calendar/start-held.handler";
import { forceStopVm } from "../force-stop-vm";
import { rebootVm } from "../reboot-vm";
import { resetVm } from "../reset-vm";
import { restartVm } from "../restart-vm";
import { stopVm } from "../stop-vm";

type Covers = ("console" | "restart")[];

async function aGrant(covers: Covers) {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const grant = { userId: ctx.actor.id, vmId: vm.id, ticketId: newId(), minutes: 30, covers };
  await inTransaction((tx) => grantConsole(tx, platformContext("test"), grant));
  return { vm, ctx, ticketId: grant.ticketId };
}

const order = (vmId: string) => ({ vmId, reason: "" });
const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });

test("a grant that covers a restart lets it run at once, and the ticket names the grant", async () => {
  const { vm, ctx, ticketId } = await aGrant(["console", "restart"]);
  const restart = await restartVm(ctx, order(vm.id));
  expect(restart.status).toBe("ACCEPTED");
  expect(await ticketOf(restart.ticketId)).toMatchObject({
    status: "APPROVED",
    policyEffect: "run",
    policyId: null,
    policyName: `console-grant/${ticketId}`,
    approverName: `policy:console-grant/${ticketId}`,
  });
  const record = await db().auditLog.findFirstOrThrow({
    where: { action: "vm.restart_submitted", resourceId: restart.ticketId },
  });
  expect(record.details).toMatchObject({ policy: `console-grant/${ticketId}`, effect: "run" });
});

test.for([
  ["a soft reboot", "ACCEPTED", rebootVm],
  ["a reset", "ACCEPTED", resetVm],
  ["a stop", "PENDING_APPROVAL", stopVm],
  ["a forced stop", "PENDING_APPROVAL", forceStopVm],
] as const)("%s under such a grant: %s", async ([, status, ask]) => {
  const { vm, ctx } = await aGrant(["console", "restart"]);
  expect((await ask(ctx, order(vm.id))).status).toBe(status);
});

test("a grant for the console alone covers no restart, and nobody else's covers one's own", async () => {
  const { vm, ctx } = await aGrant(["console"]);
  expect((await restartVm(ctx, order(vm.id))).status).toBe("PENDING_APPROVAL");
  const other = await aGrant(["console", "restart"]);
  const { ctx: colleague } = await aConsoleUser(other.vm.systemId);
  expect((await restartVm(colleague, order(other.vm.id))).status).toBe("PENDING_APPROVAL");
});

test("nor does one that has ended, was revoked, or is for another machine", async () => {
  const over = await aGrant(["console", "restart"]);
  await db().$executeRaw`
    UPDATE console_grants SET ends_at = now() - interval '1 second' WHERE ticket_id = ${over.ticketId}`;
  expect((await restartVm(over.ctx, order(over.vm.id))).status).toBe("PENDING_APPROVAL");
  const revoked = await aGrant(["console", "restart"]);
  await db().consoleGrant.updateMany({
    where: { ticketId: revoked.ticketId },
    data: { revokedAt: new Date(), revokedBy: "test" },
  });
  expect((await restartVm(revoked.ctx, order(revoked.vm.id))).status).toBe("PENDING_APPROVAL");
  const { ctx, vm } = await aGrant(["console", "restart"]);
  await db().consoleGrant.updateMany({ where: { vmId: vm.id }, data: { vmId: newId() } });
  expect((await restartVm(ctx, order(vm.id))).status).toBe("PENDING_APPROVAL");
});

test("what is to begin later is asked for, because the grant may be over by then", async () => {
  const { vm, ctx } = await aGrant(["console", "restart"]);
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  expect((await restartVm(ctx, { ...order(vm.id), startAt })).status).toBe("PENDING_APPROVAL");
});

test("a rule that says no stands above every grant", async () => {
  const { vm, ctx } = await aGrant(["console", "restart"]);
  await aRule(await anAdministrator(), vm.systemId);
  await expect(restartVm(ctx, order(vm.id))).rejects.toMatchObject({ code: "POLICY_DENIED" });
});

function aRule(admin: Context & { actor: { id: string } }, systemId: string) {
  return db().approvalPolicy.create({
    data: {
      ...{ id: newId(), name: `no restarts in ${systemId}`, operation: "RESTART_VM", effect: "deny" },
      ...{ environment: "all", priority: 1, state: "active", systemId, createdBy: admin.actor.id },
    },
    select: { id: true },
  });
}

test("what waited for a window starts only while the grant runs", async () => {
  const { vm, ctx, ticketId } = await aGrant(["console", "restart"]);
  await db().changeFreeze.create({
    data: {
      ...{ id: newId(), reason: "Year's end", environment: "prod", operations: [], updatedBy: "test" },
      ...{ startsAt: new Date(Date.now() - 60_000), endsAt: new Date(Date.now() + 3_600_000) },
    },
    select: { id: true },
  });
  const restart = await restartVm(ctx, order(vm.id));
  expect((await ticketOf(restart.ticketId)).heldUntil).not.toBeNull();
  await db().changeFreeze.deleteMany({ where: { environment: "prod" } });
  await db().$executeRaw`
    UPDATE approval_tickets SET held_until = now() - interval '1 second' WHERE id = ${restart.ticketId}`;
  await db().$executeRaw`
    UPDATE console_grants SET ends_at = now() - interval '1 second' WHERE ticket_id = ${ticketId}`;
  await startHeld({ ticketId: restart.ticketId });
  await closeRequest({ eventId: restart.eventId });
  expect(await ticketOf(restart.ticketId)).toMatchObject({
    status: "FAILED",
    lastError: { code: "INVALID_STATE" },
  });
  expect((await db().vm.findUniqueOrThrow({ where: { id: vm.id } })).status).toBe("RUNNING");
});
