import { expect, test } from "vitest";
import { aConsoleUser, aRunningVm, consoleRecords, type SignedIn } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { closeConsole } from "./close-console";
import { closeLostConsoles } from "./close-lost-consoles";
import { grantConsole } from "./grant-console";
import { issueConsoleToken } from "./issue-console-token";
import { openConsole } from "./open-console";
import { explainLoss, findLiveGrant, listOpenSessions } from "./queries";
import { recheckConsole } from "./recheck-console";
import { revokeConsole } from "./revoke-console";
import { platformContext } from "@/lib/core/context";

const proxyId = "proxy";

function issue(ctx: SignedIn, vmId: string, grant: { ticketId: string; endsAt: Date } | null = null) {
  return inTransaction((tx) => issueConsoleToken(tx, ctx, { vmId, consoleType: "vnc", grant }));
}

function redeem(ctx: SignedIn, vmId: string, token: string) {
  return openConsole(ctx, { token, vmId, consoleType: "vnc", proxyId });
}

async function aGrant(ctx: SignedIn, vmId: string) {
  const ticketId = newId();
  const { endsAt } = await inTransaction((tx) =>
    grantConsole(tx, ctx, { userId: ctx.actor.id, vmId, ticketId, minutes: 30 }),
  );
  return { ticketId, endsAt };
}

const endGrant = (ticketId: string) =>
  db()
    .$executeRaw`UPDATE console_grants SET ends_at = now() - interval '1 second' WHERE ticket_id = ${ticketId}`;

test("a token opens the console once, however many try at once", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const { token } = await issue(ctx, vm.id);
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => redeem(ctx, vm.id, token)));
  const opened = tries.filter(({ status }) => status === "fulfilled");
  const refused = tries.flatMap((tried) =>
    tried.status === "rejected" ? [tried.reason as { code: string }] : [],
  );
  expect(opened).toHaveLength(1);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["CONFLICT"]));
  const records = await consoleRecords(vm.id);
  expect(records.filter(({ phase }) => phase === "used")).toHaveLength(1);
  expect(records.filter(({ phase, reason }) => phase === "replay" && reason === "used")).toHaveLength(49);
});

test("a token names nobody and nothing that the web process could read", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const { token } = await issue(ctx, vm.id);
  const seen = Buffer.from(token, "base64url").toString("utf8");
  for (const secret of [ctx.actor.id, ctx.actor.sessionId, vm.id, vm.clusterId])
    expect(seen).not.toContain(secret);
  const row = await db().vncAccessToken.findFirstOrThrow({ where: { vmId: vm.id } });
  expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBeGreaterThan(58_000);
  expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBeLessThan(62_000);
});

test("another person, another session, another VM and another kind of console are refused", async () => {
  const vm = await aRunningVm();
  const other = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const colleague = await aConsoleUser(vm.systemId);
  const { token } = await issue(ctx, vm.id);
  const secondSession = { ...ctx, actor: { ...ctx.actor, sessionId: newId() } };
  await expect(redeem(colleague.ctx, vm.id, token)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(redeem(secondSession, vm.id, token)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(redeem(ctx, other.id, token)).rejects.toMatchObject({ params: { reason: "unreadable" } });
  await expect(
    openConsole(ctx, { token, vmId: vm.id, consoleType: "serial", proxyId }),
  ).rejects.toMatchObject({
    params: { reason: "foreign" },
  });
  await expect(redeem(ctx, vm.id, token)).resolves.toMatchObject({ grantSecondsLeft: null });
});

test("what is malformed, altered or endless is refused and recorded", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const { token } = await issue(ctx, vm.id);
  const sealed = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as Record<string, string>;
  const altered = { ...sealed, tag: Buffer.alloc(16).toString("base64") };
  const wrong = [
    "",
    "x",
    "e30",
    "x".repeat(1_000_000),
    Buffer.from(JSON.stringify(altered)).toString("base64url"),
  ];
  for (const text of wrong) {
    await expect(redeem(ctx, vm.id, text)).rejects.toMatchObject({ params: { reason: "unreadable" } });
  }
  const records = await consoleRecords(vm.id);
  expect(records.filter(({ phase, outcome }) => phase === "refused" && outcome === "failure")).toHaveLength(
    wrong.length,
  );
});

test("an expired or revoked token and a VM that does not run are refused", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const admin = await aPerson("role-platform-admin");

  const expired = await issue(ctx, vm.id);
  await db().$executeRaw`UPDATE vnc_access_tokens SET expires_at = now() WHERE jti = ${expired.jti}`;
  await expect(redeem(ctx, vm.id, expired.token)).rejects.toMatchObject({ params: { reason: "expired" } });

  const revoked = await issue(ctx, vm.id);
  await revokeConsole(admin, { vmId: vm.id, jti: revoked.jti });
  await expect(redeem(ctx, vm.id, revoked.token)).rejects.toMatchObject({ params: { reason: "revoked" } });

  const stopped = await issue(ctx, vm.id);
  await db().vm.update({ where: { id: vm.id }, data: { status: "STOPPED" }, select: { id: true } });
  await expect(redeem(ctx, vm.id, stopped.token)).rejects.toMatchObject({ code: "INVALID_STATE" });
});

test("a permission lost between request and connection refuses", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const { token } = await issue(ctx, vm.id);
  await db().resourceRoleBinding.updateMany({ where: { userId: ctx.actor.id }, data: { role: "viewer" } });
  await expect(redeem(ctx, vm.id, token)).rejects.toMatchObject({ params: { reason: "not_permitted" } });
});

test("a token dies with its grant, and never outlives it", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const grant = await aGrant(ctx, vm.id);
  const first = await issue(ctx, vm.id, grant);
  const opened = await redeem(ctx, vm.id, first.token);
  expect(opened.grantSecondsLeft).toBeGreaterThan(1_790);
  expect(opened.grantSecondsLeft).toBeLessThanOrEqual(1_800);

  const second = await issue(ctx, vm.id, grant);
  await db().$executeRaw`UPDATE vnc_access_tokens SET grant_ends_at = now() WHERE jti = ${second.jti}`;
  await expect(redeem(ctx, vm.id, second.token)).rejects.toMatchObject({ params: { reason: "grant_over" } });

  const last = await issue(ctx, vm.id, { ...grant, endsAt: new Date(Date.now() + 5_000) });
  expect(last.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 5_000);
  await endGrant(grant.ticketId);
  expect(await findLiveGrant(db(), { userId: ctx.actor.id, vmId: vm.id })).toBeNull();
});

test("an open session is told to end for each thing it rests on", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const admin = await aPerson("role-platform-admin");
  const grant = await aGrant(ctx, vm.id);
  const opened = await redeem(ctx, vm.id, (await issue(ctx, vm.id, grant)).token);
  expect(await recheckConsole(ctx, opened)).toBeNull();

  await db().vm.update({ where: { id: vm.id }, data: { status: "STOPPED" }, select: { id: true } });
  expect(await recheckConsole(ctx, opened)).toBe("vm_stopped");
  expect(await explainLoss(ctx, opened.jti)).toBe("vm_stopped");
  await db().roleBinding.deleteMany({ where: { userId: ctx.actor.id } });
  expect(await recheckConsole(ctx, opened)).toBe("permission_lost");
  await db().$executeRaw`UPDATE vnc_access_tokens SET grant_ends_at = now() WHERE jti = ${opened.jti}`;
  expect(await recheckConsole(ctx, opened)).toBe("grant_over");
  await revokeConsole(admin, { vmId: vm.id, jti: opened.jti });
  expect(await recheckConsole(ctx, opened)).toBe("revoked");
  await db().user.update({ where: { id: ctx.actor.id }, data: { enabled: false }, select: { id: true } });
  expect(await recheckConsole(ctx, opened)).toBe("session_ended");
});

test("revoking a session takes who keeps the System or the platform, and takes its grant along", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const grant = await aGrant(ctx, vm.id);
  const { jti } = await issue(ctx, vm.id, grant);
  await expect(revokeConsole(ctx, { vmId: vm.id, jti })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const elsewhere = await aConsoleUser(vm.systemId, { role: "owner", environments: ["test"] });
  await expect(revokeConsole(elsewhere.ctx, { jti })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const admin = await aPerson("role-platform-admin");
  const stranger = await aPerson("role-system-operator");
  const absent = { code: "RESOURCE_NOT_FOUND", params: { object: "console" } };
  await expect(revokeConsole(admin, { vmId: newId(), jti })).rejects.toMatchObject(absent);
  await expect(revokeConsole(stranger, { jti })).rejects.toMatchObject(absent);
  await expect(revokeConsole(stranger, { jti: newId() })).rejects.toMatchObject(absent);
  await revokeConsole(admin, { vmId: vm.id, jti });
  await expect(revokeConsole(admin, { vmId: vm.id, jti })).rejects.toMatchObject({ code: "INVALID_STATE" });
  expect(await findLiveGrant(db(), { userId: ctx.actor.id, vmId: vm.id })).toBeNull();
  expect((await consoleRecords(vm.id)).map(({ phase }) => phase)).toEqual(["granted", "issued", "revoked"]);
});

test("a session is listed while it is open, and its end is recorded once", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const colleague = await aConsoleUser(vm.systemId);
  const opened = await redeem(ctx, vm.id, (await issue(ctx, vm.id)).token);
  expect(await listOpenSessions(ctx, vm.id)).toMatchObject([{ jti: opened.jti, isOwn: true }]);
  const { token } = await inTransaction((tx) =>
    issueConsoleToken(tx, colleague.ctx, { vmId: vm.id, consoleType: "vnc", grant: null, takesOver: true }),
  );
  const newer = await redeem(colleague.ctx, vm.id, token);
  expect(await explainLoss(ctx, opened.jti)).toBe("taken_over");
  expect(await explainLoss(colleague.ctx, newer.jti)).toBeNull();

  const end = {
    jti: opened.jti,
    vm: opened.vm,
    ending: "taken_over",
    bytesSent: 5_000_000_000,
    bytesReceived: 7,
  } as const;
  await closeConsole(colleague.ctx, end);
  expect((await db().vncAccessToken.findUniqueOrThrow({ where: { jti: opened.jti } })).closedAt).toBeNull();
  await closeConsole(ctx, end);
  await closeConsole(ctx, end);
  expect(await listOpenSessions(ctx, vm.id)).toMatchObject([{ jti: newer.jti, isOwn: false }]);
  expect((await consoleRecords(vm.id)).filter(({ phase }) => phase === "closed")).toEqual([
    { phase: "closed", outcome: "success", reason: "taken_over" },
  ]);
});

test("sessions of a console process that died are ended by another one, those of a living one are not", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const dead = await redeem(ctx, vm.id, (await issue(ctx, vm.id)).token);
  const serial = { vmId: vm.id, consoleType: "serial" } as const;
  const { token } = await inTransaction((tx) => issueConsoleToken(tx, ctx, { ...serial, grant: null }));
  const living = await openConsole(ctx, { ...serial, token, proxyId: "living" });
  await db().$executeRaw`
    INSERT INTO worker_instances (id, process, last_heartbeat, started_at) VALUES
      (${proxyId}, 'console', now() - interval '10 seconds', now()), ('living', 'console', now(), now())`;
  expect(await closeLostConsoles(platformContext("console"))).toBeGreaterThanOrEqual(1);
  expect((await listOpenSessions(ctx, vm.id)).map(({ jti }) => jti)).toEqual([living.jti]);
  const row = await db().vncAccessToken.findUniqueOrThrow({ where: { jti: dead.jti } });
  expect(row.closedReason).toBe("proxy_lost");
  // Only silent for a while: whoever may have the console by now has it alone.
  expect(await recheckConsole(ctx, dead)).toBe("unverified");
  expect(await recheckConsole(ctx, living)).toBeNull();
  await expect(closeLostConsoles(ctx)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});
