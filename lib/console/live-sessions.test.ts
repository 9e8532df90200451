import { expect, test } from "vitest";
import { aConsoleUser, aRunningVm, type SignedIn } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { issueConsoleToken, type NewConsoleToken } from "./issue-console-token";
import { recordTraffic } from "./record-traffic";
import { openConsole } from "./open-console";
import { listLiveSessions, listSystemSessions } from "./queries";
import { liveSessionFilter } from "./schema";

async function connect(ctx: SignedIn, asked: Omit<NewConsoleToken, "grant">) {
  const { token } = await inTransaction((tx) => issueConsoleToken(tx, ctx, { ...asked, grant: null }));
  return openConsole(ctx, { ...asked, token, proxyId: "proxy" });
}

const filter = (over: object = {}) => liveSessionFilter.parse(over);

test("whoever keeps a System sees who is connected there, and nobody else does", async () => {
  const vm = await aRunningVm();
  const beside = await aRunningVm();
  const member = await aConsoleUser(vm.systemId);
  const watcher = await aConsoleUser(vm.systemId);
  const owner = await aConsoleUser(vm.systemId, { role: "owner" });
  const stranger = await aConsoleUser(beside.systemId, { role: "owner" });
  const held = await connect(member.ctx, { vmId: vm.id, consoleType: "vnc" });
  const watching = await connect(watcher.ctx, { vmId: vm.id, consoleType: "vnc", mode: "watch" });
  await connect(stranger.ctx, { vmId: beside.id, consoleType: "vnc" });
  await recordTraffic([
    { jti: held.jti, bytesSent: 5_000_000_000, bytesReceived: 12 },
    { jti: newId(), bytesSent: 1, bytesReceived: 1 },
  ]);

  const asked = { ...filter(), systemId: vm.systemId };
  expect((await listSystemSessions(owner.ctx, asked)).items).toMatchObject([
    { jti: watching.jti, mode: "watch", userId: watcher.ctx.actor.id, watchers: 0 },
    {
      ...{ jti: held.jti, mode: "control", vmId: vm.id, bytesSent: 5_000_000_000, bytesReceived: 12 },
      ...{ watchers: 1, recorded: false, grantEndsAt: null },
    },
  ]);
  await expect(listSystemSessions(member.ctx, asked)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(listSystemSessions(stranger.ctx, asked)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  await expect(listLiveSessions(owner.ctx, filter())).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("whoever keeps a System sees only the environments that are theirs", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const member = await aConsoleUser(vm.systemId);
  const { jti } = await connect(member.ctx, { vmId: vm.id, consoleType: "vnc" });
  const listedFor = async (environments: string[]) => {
    const { ctx } = await aConsoleUser(vm.systemId, { role: "admin", environments });
    const { items } = await listSystemSessions(ctx, { ...filter(), systemId: vm.systemId });
    return items.map((row) => row.jti);
  };
  expect(await listedFor(["test"])).toEqual([]);
  expect(await listedFor(["test", "prod"])).toEqual([jti]);
});

test("administrators page through all of them, the latest first, and find a machine or a person", async () => {
  const admin = await aPerson("role-platform-admin");
  const machines = await Promise.all(Array.from({ length: 5 }, () => aRunningVm()));
  const opened = [];
  for (const { id: vmId, systemId } of machines) {
    const { ctx } = await aConsoleUser(systemId);
    opened.push({ ...(await connect(ctx, { vmId, consoleType: "serial" })), name: ctx.actor.displayName });
  }
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listLiveSessions(
      admin,
      filter({ perPage: 2, consoleType: "serial", ...(cursor === undefined ? {} : { cursor }) }),
    );
    found.push(...page.items.map(({ jti }) => jti));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual(opened.map(({ jti }) => jti).reverse());

  const [first] = opened;
  const named = await listLiveSessions(admin, filter({ q: first?.vm.name.toUpperCase() }));
  expect(named.items.map(({ jti }) => jti)).toEqual([first?.jti]);
  expect((await listLiveSessions(admin, filter({ mode: "watch", consoleType: "serial" }))).items).toEqual([]);
});
