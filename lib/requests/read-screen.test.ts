import { afterAll, beforeAll, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { aQuestionWorker, type QuestionWorker } from "@/e2e/factories/question-worker";
import { applyMachine, machineManifest, waitForStatus } from "@/e2e/lab/kubevirt/lab-client";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { grantConsole } from "@/lib/console/grant-console";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeJobs } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { takeThumbnail } from "@/lib/vms/thumbnail/take-thumbnail.handler";
import { readScreen, readScreenStanding } from "./read-screen";

let lab: KubevirtLab;
let worker: QuestionWorker;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  worker = aQuestionWorker({ "vms.take-thumbnail": takeThumbnail });
  await applyMachine(lab, machineManifest("web"));
  await waitForStatus(lab, "web", "Running");
}, 30_000);
afterAll(async () => {
  await worker.stop();
  closeClusterConnections();
  await closeChanges();
  await closeJobs();
  await lab.stop();
});

const shots = () => worker.answered["vms.take-thumbnail"] ?? 0;

test("where the console asks for an approval, its picture takes a live grant; elsewhere the right to the console", async () => {
  const vm = await aRunningVm({
    ...{ environment: "prod", kubeconfig: lab.kubeconfig, name: "web", namespace: "default" },
  });
  const { ctx } = await aConsoleUser(vm.systemId);
  expect(await readScreenStanding(ctx, vm.id)).toEqual({ kind: "needs_grant" });
  await expect(readScreen(ctx, vm.id)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(shots()).toBe(0);

  const ticketId = newId();
  await inTransaction((tx) =>
    grantConsole(tx, ctx, { userId: ctx.actor.id, vmId: vm.id, ticketId, minutes: 30 }),
  );
  expect(await readScreenStanding(ctx, vm.id)).toEqual({ kind: "open" });
  const later = { ...ctx, now: new Date(Date.now() + 86_400_000) };
  expect(await readScreenStanding(later, vm.id)).toEqual({ kind: "needs_step_up" });
  await expect(readScreen(later, vm.id)).rejects.toMatchObject({ code: "MFA_REQUIRED" });
  expect(shots()).toBe(0);
  const picture = await readScreen(ctx, vm.id);
  expect(Buffer.from(picture.png).subarray(1, 4).toString()).toBe("PNG");

  await db()
    .$executeRaw`UPDATE console_grants SET ends_at = now() - interval '1 second' WHERE ticket_id = ${ticketId}`;
  await expect(readScreen(ctx, vm.id)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(shots()).toBe(1);
});

test("whoever may only look at the machine may not look at its screen, and a stranger learns nothing", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId, { role: "viewer" });
  expect(await readScreenStanding(ctx, vm.id)).toEqual({ kind: "no_permission" });
  await expect(readScreen(ctx, vm.id)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const stranger = await aPerson("role-system-operator");
  await expect(readScreen(stranger, vm.id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  await expect(readScreenStanding(stranger, newId())).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
});

test("a machine that does not run has no screen", async () => {
  const vm = await aRunningVm({ status: "STOPPED" });
  const { ctx } = await aConsoleUser(vm.systemId);
  expect(await readScreenStanding(ctx, vm.id)).toEqual({ kind: "no_screen" });
  await expect(readScreen(ctx, vm.id)).rejects.toMatchObject({ code: "INVALID_STATE" });
});
