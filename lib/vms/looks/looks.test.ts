import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aConsoleUser, aRunningVm, type SignedIn } from "@/e2e/factories/console";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aQuestionWorker, type QuestionWorker } from "@/e2e/factories/question-worker";
import { applyMachine, machineManifest, until } from "@/e2e/lab/kubevirt/lab-client";
import { measuredMachines } from "@/e2e/lab/kubevirt/metrics/measured-machines";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { startPrometheusLab, type PrometheusLab } from "@/e2e/lab/prometheus/server";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { setMetricsSource } from "@/lib/clusters/metrics-source/set-metrics-source";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { lookAtGuest, readGuest } from "@/lib/vms/guest/queries";
import { readGuest as answerGuest } from "@/lib/vms/guest/read-guest.handler";
import { lookAtMetrics } from "@/lib/vms/metrics/queries";
import { readMetrics as answerMetrics } from "@/lib/vms/metrics/read-metrics.handler";
import { lookAtScreen } from "@/lib/vms/thumbnail/queries";
import { purgeThumbnails } from "@/lib/vms/thumbnail/purge-thumbnails";
import { takeThumbnail } from "@/lib/vms/thumbnail/take-thumbnail.handler";

const longAgo = new Date(Date.now() - 8 * 86_400_000);
const onNetwork = {
  domain: { devices: { interfaces: [{ name: "default", masquerade: {} }] } },
  template: { networks: [{ name: "default", pod: {} }] },
};
let lab: KubevirtLab;
let prometheus: PrometheusLab;
let worker: QuestionWorker;
let vm: Awaited<ReturnType<typeof aRunningVm>>;
let ctx: SignedIn;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  prometheus = await startPrometheusLab({
    machines: () =>
      measuredMachines(lab.control.objects("vmi")).map((one) => ({ ...one, startedAt: longAgo })),
  });
  worker = aQuestionWorker({
    "vms.read-guest": answerGuest,
    "vms.take-thumbnail": takeThumbnail,
    "vms.read-metrics": answerMetrics,
  });
  await applyMachine(lab, machineManifest("web", onNetwork));
  const uid = await until("the agent", () => {
    const found = lab.control.objects("vmi").find((one) => JSON.stringify(one).includes("AgentConnected"));
    return found?.metadata.uid;
  });
  vm = await aRunningVm({ kubeconfig: lab.kubeconfig, name: "web", namespace: "default" });
  await db().vm.update({ where: { id: vm.id }, data: { vmiUid: uid }, select: { id: true } });
  ({ ctx } = await aConsoleUser(vm.systemId));
}, 60_000);

beforeEach(async () => {
  lab.control.faults.clear();
  await db().vmLook.deleteMany();
  for (const key of Object.keys(worker.answered)) delete worker.answered[key];
});

afterAll(async () => {
  await worker.stop();
  closeClusterConnections();
  await closeChanges();
  await closeJobs();
  await Promise.all([lab.stop(), prometheus.stop()]);
});

const makeOld = (kind: string) =>
  db().$executeRaw`
    UPDATE vm_looks SET asked_at = now() - interval '5 minutes', answered_at = now() - interval '4 minutes'
    WHERE vm_id = ${vm.id} AND kind = ${kind}`;

const setStatus = (status: string) =>
  db().vm.update({ where: { id: vm.id }, data: { status }, select: { id: true } });

describe("the guest", () => {
  test("fifty viewers are one question; another comes when it is old", async () => {
    const views = await Promise.all(Array.from({ length: 50 }, () => lookAtGuest(ctx, vm.id)));
    expect(worker.answered).toEqual({ "vms.read-guest": 1 });
    for (const view of views) expect(view).toMatchObject({ state: "connected", message: null });
    expect(views[0]?.facts).toMatchObject({ hostname: "web", os: { id: "debian" } });
    expect(views[0]?.facts?.interfaces[0]?.addresses).toHaveLength(1);
    await lookAtGuest(ctx, vm.id);
    expect(worker.answered).toEqual({ "vms.read-guest": 1 });
    await makeOld("guest");
    await Promise.all(Array.from({ length: 50 }, () => lookAtGuest(ctx, vm.id)));
    expect(worker.answered).toEqual({ "vms.read-guest": 2 });
  });

  test("who comes by another process waits for the same answer", async () => {
    // The claim of a process that is asking just now.
    await db().$executeRaw`INSERT INTO vm_looks (vm_id, kind, asked_at) VALUES (${vm.id}, 'guest', now())`;
    const waiting = lookAtGuest(ctx, vm.id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(worker.answered).toEqual({});
    await db().$executeRaw`UPDATE vm_looks SET answered_at = clock_timestamp() WHERE vm_id = ${vm.id}`;
    expect((await waiting).state).toBe("connected");
    expect(worker.answered).toEqual({});
  });

  test("what was known stays with its age when the cluster does not answer, and its words are not for everybody", async () => {
    const before = await lookAtGuest(ctx, vm.id);
    await makeOld("guest");
    lab.control.faults.set({ status: 503 });
    const after = await lookAtGuest(ctx, vm.id);
    expect(after).toMatchObject({ state: "unreachable", message: null, factsAt: before.factsAt });
    expect(after.facts).toEqual(before.facts);
    const seen = await readGuest(await anAdministrator(), vm.id);
    expect(seen.message).not.toBeNull();
  });

  test("a machine that does not run is asked nothing, and nobody sees one that is not theirs", async () => {
    await setStatus("STOPPED");
    expect((await lookAtGuest(ctx, vm.id)).isRunning).toBe(false);
    expect(worker.answered).toEqual({});
    await setStatus("RUNNING");
    const stranger = await aPerson("role-development-engineer");
    for (const look of [lookAtGuest, readGuest])
      await expect(look(stranger, vm.id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    await expect(lookAtMetrics(stranger, { vmId: vm.id, range: "1h" })).rejects.toMatchObject({
      code: "VM_NOT_FOUND",
    });
    await expect(lookAtScreen(stranger, vm.id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    expect(await db().vmLook.count()).toBe(0);
  });
});

describe("the screen", () => {
  test("fifty viewers are one shot, small, of this instance alone", async () => {
    const looks = await Promise.all(Array.from({ length: 50 }, () => lookAtScreen(ctx, vm.id)));
    expect(worker.answered).toEqual({ "vms.take-thumbnail": 1 });
    const picture = looks[0]?.picture;
    expect(
      Buffer.from(picture?.png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(picture?.png.length).toBeLessThan(2 * 2 ** 20);
    const row = await db().vmThumbnail.findUniqueOrThrow({ where: { vmId: vm.id } });
    expect(Math.max(row.width ?? 0, row.height ?? 0)).toBeLessThanOrEqual(640);
    const { vmiUid } = await db().vm.findUniqueOrThrow({ where: { id: vm.id } });
    await db().vm.update({ where: { id: vm.id }, data: { vmiUid: "another" }, select: { id: true } });
    expect((await lookAtScreen(ctx, vm.id)).picture).toBeNull();
    await db().vm.update({ where: { id: vm.id }, data: { vmiUid }, select: { id: true } });
  });

  test("it is gone when the machine stops, and an hour after the last look", async () => {
    const has = async () => (await db().vmThumbnail.count({ where: { png: { not: null } } })) === 1;
    await lookAtScreen(ctx, vm.id);
    await purgeThumbnails();
    expect(await has()).toBe(true);
    await setStatus("STOPPED");
    expect(await lookAtScreen(ctx, vm.id)).toEqual({ picture: null, why: "stopped" });
    await purgeThumbnails();
    expect(await has()).toBe(false);
    await setStatus("RUNNING");
    await makeOld("screen");
    await lookAtScreen(ctx, vm.id);
    expect(await has()).toBe(true);
    await db().$executeRaw`UPDATE vm_thumbnails SET observed_at = now() - interval '61 minutes'`;
    await purgeThumbnails();
    expect(await has()).toBe(false);
  });

  test("an account that may not is said so, and no picture stays", async () => {
    lab.control.faults.set({ status: 403, path: "screenshot" });
    expect(await lookAtScreen(ctx, vm.id)).toEqual({ picture: null, why: "denied" });
  });
});

describe("measurements", () => {
  test("without a Prometheus the metrics API tells the present; without either, nobody measures", async () => {
    const views = await Promise.all(
      Array.from({ length: 50 }, () => lookAtMetrics(ctx, { vmId: vm.id, range: "1h" })),
    );
    expect(worker.answered).toEqual({ "vms.read-metrics": 1 });
    expect(views[0]).toMatchObject({ state: "measured", source: "metrics_api", clusterId: null });
    expect(views[0]?.series.map(({ name, points }) => [name, points.length])).toEqual([
      ["cpu", 1],
      ["memory", 1],
    ]);
    lab.control.guestWords.hasMetricsApi = false;
    await makeOld("metrics_1h");
    const none = await lookAtMetrics(await anAdministrator(), { vmId: vm.id, range: "1h" });
    expect(none).toMatchObject({ state: "none", source: null, series: [], clusterId: vm.clusterId });
    lab.control.guestWords.hasMetricsApi = true;
  });

  test("with a Prometheus each range has its own answer; its outage is said without its address", async () => {
    await setMetricsSource(await anAdministrator(), {
      ...{ clusterId: vm.clusterId, address: prometheus.url, withoutToken: false },
      ...{ caCertificate: prometheus.caCertificate, token: prometheus.token },
    });
    const hour = await lookAtMetrics(ctx, { vmId: vm.id, range: "1h" });
    expect(hour).toMatchObject({ state: "measured", source: "prometheus", range: "1h" });
    const week = await lookAtMetrics(ctx, { vmId: vm.id, range: "7d" });
    expect(week.range).toBe("7d");
    expect(worker.answered).toEqual({ "vms.read-metrics": 2 });
    expect(prometheus.queries.at(-1)).toContain('{namespace="default",name="web"}[5040s]');

    prometheus.setFault({ status: 503, body: "" });
    await makeOld("metrics_1h");
    const failed = await lookAtMetrics(ctx, { vmId: vm.id, range: "1h" });
    expect(failed).toMatchObject({ state: "unreachable", message: null });
    const seen = await lookAtMetrics(await anAdministrator(), { vmId: vm.id, range: "1h" });
    expect(seen.message).toContain("503");
    prometheus.setFault({ status: 403, body: "" });
    await makeOld("metrics_1h");
    expect(await lookAtMetrics(ctx, { vmId: vm.id, range: "1h" })).toMatchObject({ state: "denied" });
    prometheus.setFault(null);
  });
});
