import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { aConsoleUser, type SignedIn } from "@/e2e/factories/console";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aBegunRecording, aRecording, recordEnvironment } from "@/e2e/factories/recording";
import { refusalOf } from "@/e2e/factories/refusal";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { pageQuery } from "@/lib/core/paging";
import { markAlive, markGone } from "@/lib/settings/mark-alive";
import { permissions } from "@/lib/vocabulary/permissions";
import { exportRecording } from "./export-recording";
import { finishRecording } from "./finish-recording";
import { openRecording } from "./open-recording";
import { purgeRecordings } from "./purge-recordings";
import { listEnvironmentRecordings, listRecordings, readRecording, readRecordingRule } from "./queries";
import { readContentKey } from "./read-content-key";
import { recordProgress } from "./record-progress";
import { isRecorded } from "./rules";
import { recordingFilter } from "./schema";
import { setEnvironmentRecording } from "./set-environment-recording";
import { settleLostRecordings } from "./settle-lost-recordings";

const folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-recordings-room-"));
const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const actionsAbout = async (id: string) =>
  (
    await db().auditLog.findMany({
      where: { resourceId: id, action: { startsWith: "console_recording" } },
      orderBy: { createdAt: "asc" },
    })
  ).map(({ action }) => action);

describe("the rule of an environment", () => {
  test("is that nothing is recorded, until an administrator says otherwise, on record", async () => {
    await db().environmentRecording.deleteMany({});
    expect(await readRecordingRule(db(), "prod")).toEqual({ mode: "off", retentionDays: 30 });
    const ctx = await anAdministrator();
    await setEnvironmentRecording(ctx, { environment: "prod", mode: "serial", retentionDays: 7 });
    const rule = await readRecordingRule(db(), "prod");
    expect(rule).toEqual({ mode: "serial", retentionDays: 7 });
    expect([isRecorded(rule, "vnc"), isRecorded(rule, "serial")]).toEqual([false, true]);
    expect(await listEnvironmentRecordings()).toEqual([
      { environment: "prod", mode: "serial", retentionDays: 7 },
    ]);
    expect((await recordsOf(ctx)).at(-1)).toMatchObject({
      action: "environment.recording",
      details: { before: { mode: "off" }, after: { mode: "serial", retentionDays: 7 } },
    });
  });

  test("is the business of whoever administers the platform, and of environments that exist", async () => {
    const almost = await aHolder(...permissions.filter((permission) => permission !== "platform:admin"));
    const input = { environment: "test", mode: "both", retentionDays: 1 } as const;
    expect(await outcome(setEnvironmentRecording(almost, input))).toBe("PERMISSION_DENIED");
    const ctx = await anAdministrator();
    expect(await outcome(setEnvironmentRecording(ctx, { ...input, environment: "nowhere" }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });
});

describe("a recording", () => {
  test("begins with its session, with a key that only its row's holder can open", async () => {
    const { order, vm, ctx } = await aBegunRecording();
    const row = await db().consoleRecording.findUniqueOrThrow({ where: { id: order.id } });
    expect(row).toMatchObject({ vmId: vm.id, vmName: vm.name, userId: ctx.actor.id, status: "recording" });
    const days = (row.retainUntil.getTime() - row.startedAt.getTime()) / 86_400_000;
    expect(days).toBeCloseTo(30, 5);
    const { envelope } = await db().consoleRecordingKey.findUniqueOrThrow({
      where: { recordingId: order.id },
    });
    expect(JSON.stringify(envelope)).not.toContain(order.contentKey);
    const records = await db().auditLog.findMany({
      where: { action: "console_recording.start", resourceId: vm.id },
    });
    expect(records).toHaveLength(1);
  });

  test("tells how far it has come, and never that it went back", async () => {
    const { order } = await aBegunRecording();
    const progress = {
      ...{ recordingId: order.id, durationMs: 10, bytes: 100, chunkCount: 3, gapCount: 0, lostBytes: 0 },
      ...{ chainHead: "ab", isPlayable: true },
    };
    await recordProgress(progress);
    await recordProgress({ ...progress, chunkCount: 2, chainHead: "cd" });
    const row = await db().consoleRecording.findUniqueOrThrow({ where: { id: order.id } });
    expect(row).toMatchObject({ chunkCount: 3, chainHead: "ab" });
  });

  test("that broke is told to whoever looks after the platform, once", async () => {
    const admin = await anAdministrator();
    const { order } = await aBegunRecording();
    const finished = {
      ...{ recordingId: order.id, durationMs: 10, bytes: 0, chunkCount: 0, gapCount: 0, lostBytes: 0 },
      ...{ chainHead: "", isPlayable: true, brokenReason: "disk_full" as const },
    };
    await finishRecording(platformContext("console"), finished);
    await finishRecording(platformContext("console"), { ...finished, brokenReason: null });
    const row = await db().consoleRecording.findUniqueOrThrow({ where: { id: order.id } });
    expect(row).toMatchObject({ status: "broken", brokenReason: "disk_full" });
    const told = await db().notification.findMany({
      where: { recipientId: admin.actor.id, resourceId: order.id },
    });
    expect(told).toMatchObject([
      { type: "SYSTEM_ALERT", params: { alert: "console_recording_broken", reason: "disk_full" } },
    ]);
    expect(await actionsAbout(order.id)).toEqual(["console_recording.end"]);
  });

  test("whose process died is settled with what is on the disk", async () => {
    const { order, jti, vm, ctx } = await aBegunRecording();
    await db().consoleRecording.update({
      where: { id: order.id },
      data: { startedAt: new Date(Date.now() - 120_000) },
    });
    const at = new Date(Date.now() - 60_000);
    await db().vncAccessToken.create({
      data: {
        ...{
          id: newId(),
          jti,
          vmId: vm.id,
          userId: ctx.actor.id,
          sessionId: ctx.actor.sessionId,
          userHash: "x",
        },
        ...{ expiresAt: at, usedAt: at, closedAt: at, closedReason: "proxy_lost" },
      },
    });
    const measured = { durationMs: 5_000, bytes: 77, chunkCount: 2, chainHead: "ee" };
    const settle = (openIds: string[]) =>
      settleLostRecordings(
        platformContext("console"),
        (id) => Promise.resolve(id === order.id ? measured : null),
        { proxyId: "another", openIds: new Set(openIds) },
      );
    const stored = () => db().consoleRecording.findUniqueOrThrow({ where: { id: order.id } });
    await settle([order.id]);
    expect((await stored()).status).toBe("recording");
    await settle([]);
    expect(await stored()).toMatchObject({
      status: "broken",
      brokenReason: "process_lost",
      durationMs: 5_000,
      chunkCount: 2,
    });
  });

  test("under way is left alone by whoever settles", async () => {
    const { order, jti, vm, ctx } = await aBegunRecording();
    await db().consoleRecording.update({
      where: { id: order.id },
      data: { startedAt: new Date(Date.now() - 120_000) },
    });
    const at = new Date(Date.now() - 60_000);
    await db().vncAccessToken.create({
      data: {
        ...{
          id: newId(),
          jti,
          vmId: vm.id,
          userId: ctx.actor.id,
          sessionId: ctx.actor.sessionId,
          userHash: "x",
        },
        ...{ expiresAt: at, usedAt: at, proxyId: "alive" },
      },
    });
    const settle = async () => {
      const settler = { proxyId: "another", openIds: new Set<string>() };
      await settleLostRecordings(platformContext("console"), () => Promise.resolve(null), settler);
      return (await db().consoleRecording.findUniqueOrThrow({ where: { id: order.id } })).status;
    };
    expect(await settle()).toBe("recording");
    // Its process still writes what the session left behind.
    await db().vncAccessToken.update({ where: { jti }, data: { closedAt: at, closedReason: "closed" } });
    await markAlive("console", "alive");
    expect(await settle()).toBe("recording");
    await markGone("alive");
    expect(await settle()).toBe("complete");
  });
});

const list = (ctx: SignedIn, filter: Record<string, unknown> = {}) =>
  listRecordings(ctx, recordingFilter.parse({ ...pageQuery.parse({}), ...filter }));

describe("who may look at a recording", () => {
  test("is an administrator, an auditor, and whoever owns or administers the System", async () => {
    const { order, vm, ctx: recorded } = await aRecording(undefined, { folder });
    const who: Record<string, SignedIn> = {
      administrator: await anAdministrator(),
      auditor: await aHolder("audit:read"),
      owner: (await aConsoleUser(vm.systemId, { role: "owner" })).ctx,
      admin: (await aConsoleUser(vm.systemId, { role: "admin" })).ctx,
      member: (await aConsoleUser(vm.systemId, { role: "member" })).ctx,
      viewer: (await aConsoleUser(vm.systemId, { role: "viewer" })).ctx,
      recorded,
      elsewhere: (await aConsoleUser((await aBegunRecording()).vm.systemId, { role: "owner" })).ctx,
      noEnvironment: (await aConsoleUser(vm.systemId, { role: "owner", environments: ["prod"] })).ctx,
      nobody: await aPerson(null),
    };
    const may = Object.fromEntries(
      await Promise.all(
        Object.entries(who).map(async ([name, ctx]) => {
          const [listed, read, opened] = await Promise.all([
            list(ctx, { vmId: vm.id }).then(({ items }) => items.some(({ id }) => id === order.id)),
            outcome(readRecording(ctx, order.id)),
            outcome(openRecording(ctx, { recordingId: order.id })),
          ]);
          expect([read, opened]).toEqual(Array(2).fill(listed ? "done" : "RESOURCE_NOT_FOUND"));
          return [name, listed] as const;
        }),
      ),
    );
    expect(may).toEqual({
      ...{ administrator: true, auditor: true, owner: true, admin: true, member: false, viewer: false },
      ...{ recorded: false, elsewhere: false, noEnvironment: false, nobody: false },
    });
  });

  test("a nearer, weaker role counts before the System's", async () => {
    const { order, vm } = await aRecording(undefined, { folder });
    const { ctx } = await aConsoleUser(vm.systemId, { role: "owner" });
    await db().resourceRoleBinding.create({
      data: {
        ...{ id: newId(), userId: ctx.actor.id, resourceType: "vm", resourceId: vm.id },
        ...{ role: "viewer", grantedBy: "test" },
      },
    });
    expect(await outcome(readRecording(ctx, order.id))).toBe("RESOURCE_NOT_FOUND");
  });

  test("each opening is on record once, and belongs to one session", async () => {
    const { order, vm } = await aRecording(undefined, { folder });
    const { ctx } = await aConsoleUser(vm.systemId, { role: "owner" });
    const { openingId } = await openRecording(ctx, { recordingId: order.id });
    const content = await readContentKey(ctx, { recordingId: order.id, openingId });
    expect(content.contentKey.toString("base64")).toBe(order.contentKey);
    await readContentKey(ctx, { recordingId: order.id, openingId });
    expect(await actionsAbout(order.id)).toEqual(["console_recording.end", "console_recording.view"]);
    const otherSession = { ...ctx, actor: { ...ctx.actor, sessionId: newId() } };
    const administrator = await anAdministrator();
    for (const stranger of [otherSession, administrator])
      expect(await outcome(readContentKey(stranger, { recordingId: order.id, openingId }))).toBe(
        "RESOURCE_NOT_FOUND",
      );
    await db().resourceRoleBinding.deleteMany({ where: { userId: ctx.actor.id } });
    expect(await outcome(readContentKey(ctx, { recordingId: order.id, openingId }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });

  test("an opening that ran out opens nothing", async () => {
    const { order } = await aRecording(undefined, { folder });
    const ctx = await anAdministrator();
    const { openingId } = await openRecording(ctx, { recordingId: order.id });
    await db().consoleRecordingOpening.update({ where: { id: openingId }, data: { expiresAt: new Date(0) } });
    expect(await outcome(readContentKey(ctx, { recordingId: order.id, openingId }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });

  test("an export asks for a fresh second factor and leaves its reason", async () => {
    const { order } = await aRecording(undefined, { folder });
    const ctx = await anAdministrator();
    const stale = { ...ctx, actor: { ...ctx.actor, mfaAt: new Date(Date.now() - 3_600_000) } };
    const input = { recordingId: order.id, reason: "an incident" };
    expect(await outcome(exportRecording(stale, input))).toBe("MFA_REQUIRED");
    const { filePath } = await exportRecording(ctx, input);
    expect(filePath).toContain(order.id);
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "console_recording.export", resourceId: order.id },
    });
    expect(record.details).toMatchObject({ reason: "an incident" });
  });

  test("whoever looks at the portal as somebody else opens nothing", async () => {
    const { order } = await aRecording(undefined, { folder });
    const ctx = await anAdministrator();
    const viewing = {
      ...ctx,
      actor: { ...ctx.actor, viewedBy: { id: "a", username: "a", displayName: "A" } },
    };
    expect(await outcome(openRecording(viewing, { recordingId: order.id }))).toBe("VIEW_ONLY");
  });
});

describe("the list", () => {
  test("is narrowed by machine, person, environment, console and time, and paged by key", async () => {
    const admin = await anAdministrator();
    const { order, vm, ctx, jti } = await aRecording(undefined, { folder });
    await aRecording(undefined, { folder, environment: "prod", consoleType: "vnc" });
    const ids = async (filter: Record<string, unknown>) =>
      (await list(admin, filter)).items.map(({ id }) => id);
    for (const filter of [
      ...[{ vmId: vm.id }, { q: vm.name.toUpperCase() }, { userId: ctx.actor.id }, { jti }],
      ...[{ person: ctx.actor.displayName }, { systemId: vm.systemId }],
    ])
      expect(await ids(filter)).toEqual([order.id]);
    expect(await ids({ environment: "prod" })).not.toContain(order.id);
    expect(await ids({ consoleType: "vnc" })).not.toContain(order.id);
    expect(await ids({ endTime: new Date(0) })).toEqual([]);
    const first = await list(admin, { perPage: 1 });
    const second = await list(admin, { perPage: 1, cursor: first.nextCursor ?? "" });
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
  });
});

describe("retention", () => {
  test("takes the key and the content, and keeps what there was to know", async () => {
    const { order } = await aRecording(undefined, { folder });
    const kept = await aRecording(undefined, { folder });
    const admin = await anAdministrator();
    const { openingId } = await openRecording(admin, { recordingId: order.id });
    await db().consoleRecording.update({
      where: { id: order.id },
      data: { retainUntil: new Date(Date.now() - 1_000) },
    });
    await purgeRecordings();
    expect(await readRecording(admin, order.id)).toMatchObject({ status: "purged" });
    expect(await db().consoleRecordingKey.count({ where: { recordingId: order.id } })).toBe(0);
    expect(await db().consoleRecordingKey.count({ where: { recordingId: kept.order.id } })).toBe(1);
    expect(await outcome(openRecording(admin, { recordingId: order.id }))).toBe("INVALID_STATE");
    expect(await outcome(readContentKey(admin, { recordingId: order.id, openingId }))).toBe("INVALID_STATE");
    expect((await actionsAbout(order.id)).at(-1)).toBe("console_recording.purge");
  });

  test("waits for a session that is still under way", async () => {
    const { order } = await aBegunRecording();
    await db().consoleRecording.update({ where: { id: order.id }, data: { retainUntil: new Date(0) } });
    await purgeRecordings();
    expect((await db().consoleRecording.findUniqueOrThrow({ where: { id: order.id } })).status).toBe(
      "recording",
    );
    await recordEnvironment("test", "off");
  });
});
