import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVm } from "@/e2e/factories/vm";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startSync } from "./sync";

const quick = { timeout: 5_000, interval: 20 };
const slow = { timeout: 30_000, interval: 50 };

let lab: KubevirtLab;
let clusterId: string;
let namespace: string;
const syncs: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(async () => {
  closeClusterConnections();
  await closeChanges();
  await lab.stop();
});
beforeEach(async () => {
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig, status: "HEALTHY" })).id;
  namespace = (await aNamespace()).name;
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
});
afterEach(async () => {
  lab.control.faults.clear();
  await Promise.all(syncs.splice(0).map((sync) => sync.stop()));
  await db().cluster.update({ where: { id: clusterId }, data: { enabled: false } });
});

function sync(workerId = `worker-${newId()}`, idleTimeoutMs?: number) {
  const stopped = new AbortController();
  const done = startSync({
    workerId,
    signal: stopped.signal,
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
  });
  const running = {
    workerId,
    stop: () => {
      stopped.abort();
      return done;
    },
  };
  syncs.push(running);
  return running;
}

function putVm(name: string, runStrategy = "Always") {
  return lab.control.put({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, labels: { "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd" } },
    spec: {
      runStrategy,
      template: {
        metadata: { labels: { "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd" } },
        spec: {
          domain: {
            devices: { interfaces: [{ name: "default", masquerade: {} }] },
            memory: { guest: "1Gi" },
          },
          networks: [{ name: "default", pod: {} }],
        },
      },
    },
  });
}

/** A machine the portal believes to be stopped, and the cluster's object of it. */
async function aKnownVm(name = `vm-${newId().slice(-8)}`) {
  const object = putVm(name, "Halted");
  return aVm({ clusterId, namespace, name, status: "STOPPED", k8sUid: object.metadata.uid });
}

async function setRunStrategy(name: string, runStrategy: string): Promise<void> {
  lab.control.edit("virtualmachine", namespace, name, (vm) => ({ ...vm, spec: { ...vm.spec, runStrategy } }));
}

const statusOf = async (id: string) =>
  (await db().vm.findUnique({ where: { id }, select: { status: true } }))?.status ?? "no row";
const reflectors = () =>
  db().clusterReflector.findMany({
    where: { clusterId, kind: { in: ["vm", "vmi"] } },
    orderBy: { kind: "asc" },
  });
const connected = async () => (await reflectors()).filter((one) => one.connected).length;

async function seesChanges(vm: { id: string; name: string }, within = quick) {
  await setRunStrategy(vm.name, "Always");
  await expect.poll(() => statusOf(vm.id), within).toBe("RUNNING");
  await setRunStrategy(vm.name, "Halted");
  await expect.poll(() => statusOf(vm.id), within).toBe("STOPPED");
}

test("a machine started, stopped and deleted by hand in the cluster is seen, with its address and node", async () => {
  const vm = await aKnownVm();
  sync();
  await setRunStrategy(vm.name, "Always");
  await expect.poll(() => statusOf(vm.id), quick).toBe("RUNNING");
  await expect
    .poll(() => db().vm.findUnique({ where: { id: vm.id }, select: { ip: true, node: true } }), quick)
    .toMatchObject({
      ip: expect.stringMatching(/^\d/) as string,
      node: expect.stringMatching(/./) as string,
    });
  await setRunStrategy(vm.name, "Halted");
  await expect.poll(() => statusOf(vm.id), quick).toBe("STOPPED");
  lab.control.remove("virtualmachine", namespace, vm.name);
  await expect.poll(() => statusOf(vm.id), quick).toBe("NOT_FOUND");
});

test("a cluster registered while the worker runs is followed within two seconds, and dropped when it goes", async () => {
  await db().cluster.update({ where: { id: clusterId }, data: { enabled: false } });
  sync();
  await expect.poll(() => connected(), quick).toBe(0);
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
  // What registering does after the credential is written: the row changes once more, or is new with it.
  await db().cluster.update({ where: { id: clusterId }, data: { version: 2 } });
  await expect.poll(() => connected(), { timeout: 2_000, interval: 20 }).toBe(2);
  const watches = lab.control.openWatches();
  await db().cluster.update({ where: { id: clusterId }, data: { enabled: false } });
  await expect.poll(() => lab.control.openWatches(), quick).toBe(watches - 3);
});

test("dropped watches are taken up again without a new list", async () => {
  const vm = await aKnownVm();
  sync();
  await expect.poll(() => connected(), quick).toBe(2);
  const lists = lab.control.requests()["list virtualmachines"];
  expect(lab.control.dropWatches()).toBeGreaterThan(0);
  await seesChanges(vm);
  expect(lab.control.requests()["list virtualmachines"]).toBe(lists);
});

test("an expired version is answered with a complete list", async () => {
  const vm = await aKnownVm();
  sync();
  await expect.poll(() => connected(), quick).toBe(2);
  const lists = lab.control.requests()["list virtualmachines"] ?? 0;
  lab.control.faults.set({ watch410: true, times: 3 });
  lab.control.dropWatches();
  await seesChanges(vm);
  expect(lab.control.requests()["list virtualmachines"]).toBeGreaterThan(lists);
});

test("a line that does not parse is answered with a complete list, and nothing is marked as gone", async () => {
  const vm = await aKnownVm();
  const bystander = await aKnownVm();
  sync();
  await expect.poll(() => connected(), quick).toBe(2);
  lab.control.faults.set({ corruptLine: true, times: 1 });
  await seesChanges(vm);
  expect(await statusOf(bystander.id)).toBe("STOPPED");
});

test("a half-open watch is noticed by its silence", async () => {
  const vm = await aKnownVm();
  sync(undefined, 1_000);
  await expect.poll(() => connected(), quick).toBe(2);
  lab.control.faults.set({ watchHalfOpen: true });
  await setRunStrategy(vm.name, "Always");
  await expect.poll(() => connected(), slow).toBe(0);
  expect(await statusOf(vm.id)).toBe("STOPPED");
  lab.control.faults.clear();
  await expect.poll(() => statusOf(vm.id), slow).toBe("RUNNING");
});

test("while a cluster cannot be reached its machines stay as they are, and the state says why", async () => {
  const vm = await aKnownVm();
  sync();
  await expect.poll(() => connected(), quick).toBe(2);
  lab.control.faults.set({ status: 503 });
  lab.control.dropWatches();
  await expect.poll(() => connected(), slow).toBe(0);
  expect((await reflectors()).map(({ error }) => error)).not.toContain(null);
  expect(await statusOf(vm.id)).toBe("STOPPED");
  lab.control.faults.clear();
  await expect.poll(() => connected(), slow).toBe(2);
});

test("when PostgreSQL ends every connection, changes are seen again by themselves", async () => {
  const vm = await aKnownVm();
  sync();
  await expect.poll(() => connected(), quick).toBe(2);
  await db().$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await seesChanges(vm, slow);
});

test("a list in which most known machines are missing marks none of them", async () => {
  const ghosts = await Promise.all(
    [1, 2, 3].map((n) =>
      aVm({
        clusterId,
        namespace,
        name: `ghost-${n}-${newId().slice(-6)}`,
        status: "STOPPED",
        k8sUid: newId(),
      }),
    ),
  );
  await aKnownVm();
  sync();
  await expect
    .poll(async () => (await reflectors()).find(({ kind }) => kind === "vm")?.error, quick)
    .toBe("list_halted: 3/4");
  for (const ghost of ghosts) expect(await statusOf(ghost.id)).toBe("STOPPED");
});

test("a worker that ends hands over at once, and the next goes on where it stopped", async () => {
  const vm = await aKnownVm();
  const first = sync();
  await seesChanges(vm);
  await first.stop();
  expect((await reflectors()).map(({ ownerId }) => ownerId)).toEqual([null, null]);
  const lists = lab.control.requests()["list virtualmachines"];
  await setRunStrategy(vm.name, "Always");

  const second = sync();
  await expect.poll(() => statusOf(vm.id), quick).toBe("RUNNING");
  expect((await reflectors()).map(({ ownerId }) => ownerId)).toEqual([second.workerId, second.workerId]);
  expect(lab.control.requests()["list virtualmachines"], "no list was needed").toBe(lists);
});

test("of two workers one follows, and the other takes over when its lease has run out", async () => {
  await db().clusterReflector.createMany({
    data: ["vm", "vmi"].map((kind) => ({
      clusterId,
      kind,
      ownerId: "killed",
      leaseUntil: new Date(Date.now() + 2_000),
    })),
  });
  const { workerId } = sync();
  sync();
  await expect.poll(() => db().clusterReflector.count({ where: { clusterId, ownerId: "killed" } })).toBe(2);
  await expect.poll(() => connected(), { timeout: 10_000, interval: 50 }).toBe(2);
  const owners = new Set((await reflectors()).map(({ ownerId }) => ownerId));
  expect(owners.has("killed")).toBe(false);
  expect(workerId).not.toBe("killed");
});

test("a worker whose lease was taken writes no more", async () => {
  const vm = await aKnownVm();
  sync("frozen");
  await expect.poll(() => connected(), quick).toBe(2);
  await db().clusterReflector.updateMany({
    where: { clusterId },
    data: { ownerId: "other", leaseUntil: new Date(Date.now() + 60_000), resourceVersion: "1" },
  });
  await db().cluster.update({ where: { id: clusterId }, data: { version: { increment: 1 } } });
  await expect.poll(() => lab.control.openWatches(), quick).toBe(0);
  await setRunStrategy(vm.name, "Always");
  await expect
    .poll(() => lab.control.objects("vmi").some(({ metadata }) => metadata.name === vm.name), quick)
    .toBe(true);
  expect(await statusOf(vm.id)).toBe("STOPPED");
  expect((await reflectors()).map(({ ownerId, resourceVersion }) => [ownerId, resourceVersion])).toEqual([
    ["other", "1"],
    ["other", "1"],
  ]);
});

function putVolume(vm: string, status: { phase: string; progress: string }) {
  return lab.control.put({
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: {
      name: `${vm}-root`,
      namespace,
      labels: {
        "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
        "kubevirt-shepherd.io/hostname": vm,
      },
    },
    spec: { source: { upload: {} }, storage: { resources: { requests: { storage: "1Gi" } } } },
    status,
  });
}

const progressOf = async (id: string) =>
  (await db().vm.findUnique({ where: { id }, select: { importProgress: true } }))?.importProgress;

test("how full a machine's volume is shows beside it, from the list and from the watch", async () => {
  const vm = await aKnownVm();
  putVolume(vm.name, { phase: "ImportInProgress", progress: "12.50%" });
  sync();
  await expect.poll(() => progressOf(vm.id), quick).toBe("12.50%");
  putVolume(vm.name, { phase: "ImportInProgress", progress: "75.00%" });
  await expect.poll(() => progressOf(vm.id), quick).toBe("75.00%");
  putVolume(vm.name, { phase: "Succeeded", progress: "100.0%" });
  await expect.poll(() => progressOf(vm.id), quick).toBeNull();
});

test("where volumes may not be watched, the machines are followed and nobody insists", async () => {
  const vm = await aKnownVm();
  lab.control.faults.set({ status: 403, path: "/datavolumes" });
  sync();
  await seesChanges(vm);
  const volumes = () => db().clusterReflector.findFirst({ where: { clusterId, kind: "dv" } });
  await expect.poll(async () => (await volumes())?.leaseUntil ?? null, quick).not.toBeNull();
  expect(await volumes()).toMatchObject({ ownerId: null, connected: false, error: null });
  expect((await volumes())?.leaseUntil?.getTime()).toBeGreaterThan(Date.now() + 300_000);
  const asked = lab.control.requests()["list datavolumes"];
  await db().cluster.update({ where: { id: clusterId }, data: { version: { increment: 1 } } });
  await seesChanges(vm);
  expect(lab.control.requests()["list datavolumes"]).toBe(asked);
});
