import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aQuestionWorker } from "@/e2e/factories/question-worker";
import { aVm } from "@/e2e/factories/vm";
import type { JsonObject } from "@/e2e/lab/kubevirt/json";
import type { LaunchFailureKind } from "@/e2e/lab/kubevirt/launches";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { closeChanges } from "@/lib/core/changes";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startSync } from "@/lib/processes/sync";
import { keepClusterEvents } from "./keep-cluster-events.handler";
import { readClusterEvents as lookAtEvents, readExplanation } from "./queries";
import { readClusterEvents } from "./read-cluster-events.handler";
import { keepEvents } from "./store";

const patience = { timeout: 15_000, interval: 40 };
const labels = (name: string) => ({
  "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
  "kubevirt-shepherd.io/hostname": name,
});

let lab: KubevirtLab;
let clusterId: string;
let namespace: string;
let ctx: Context;
let stopSync: () => Promise<void>;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(async () => {
  closeClusterConnections();
  await closeChanges();
  await lab.stop();
});
beforeEach(async () => {
  ctx = await anAdministrator();
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig, status: "HEALTHY" })).id;
  namespace = (await aNamespace()).name;
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const stopped = new AbortController();
  const done = startSync({ workerId: `worker-${newId()}`, signal: stopped.signal });
  stopSync = () => {
    stopped.abort();
    return done;
  };
});
afterEach(async () => {
  lab.control.imports.succeed();
  lab.control.launches.succeed();
  await stopSync();
  await db().cluster.update({ where: { id: clusterId }, data: { enabled: false } });
});

interface Wanted {
  devices?: JsonObject;
  volumes?: JsonObject[];
  spec?: JsonObject;
}

/** A machine that is to run, in the portal and then in the cluster, whose first word may be its last. */
async function aStuckVm({ devices = {}, volumes = [], spec = {} }: Wanted = {}, name = newName()) {
  const ticketId = newId();
  const vm = await aVm({ clusterId, namespace, name, status: "STARTING", ticketId });
  lab.control.put({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, labels: { ...labels(name), "kubevirt-shepherd.io/ticket-id": ticketId } },
    spec: {
      runStrategy: "Always",
      ...spec,
      template: { spec: { domain: { devices, memory: { guest: "1Gi" } }, volumes } },
    },
  });
  return vm;
}

function newName(): string {
  return `vm-${newId().slice(-8)}`;
}

/** A machine whose disk is to be filled from an address. */
function filledFrom(name: string, url: string, storage: JsonObject = {}): Wanted {
  const template = {
    metadata: { name: `${name}-root`, labels: labels(name) },
    spec: { source: { http: { url } }, storage: { resources: { requests: { storage: "1Gi" } }, ...storage } },
  };
  return {
    volumes: [{ name: "root", dataVolume: { name: `${name}-root` } }],
    spec: { dataVolumeTemplates: [template] },
  };
}

const explained = async (vm: { id: string }) => (await readExplanation(ctx, vm.id))?.code ?? "nothing";

async function explains(vm: { id: string }, code: string) {
  await expect.poll(() => explained(vm), patience).toBe(code);
  return readExplanation(ctx, vm.id);
}

/** As a page asks: by a question that a worker answers. */
async function look(vm: { id: string; name: string }) {
  const questionId = newId();
  const question = { vmId: vm.id, clusterId, namespace, name: vm.name };
  await db().workerQuestion.create({
    data: { id: questionId, kind: "vms.read-cluster-events", question, askedBy: "test" },
    select: { id: true },
  });
  await readClusterEvents({ questionId });
  return db().workerQuestion.findUniqueOrThrow({ where: { id: questionId } });
}

test("a machine for which no node has a device says which, and where one is free", async () => {
  const gpus = [1, 2, 3].map((n) => ({ name: `gpu${n}`, deviceName: "nvidia.com/GA102GL_A10" }));
  const other = await aCluster({ kubeconfig: lab.kubeconfig, status: "HEALTHY" });
  await checkCluster({ clusterId: other.id });
  const vm = await aStuckVm({ devices: { gpus } });
  const said = await explains(vm, "no_device_free");
  expect(said?.params).toMatchObject({ resource: "nvidia.com/GA102GL_A10", total: 3 });
  expect(said?.remedy).toMatchObject({
    code: "elsewhere_named",
    params: { places: expect.stringContaining(`${other.name} (2)`) as string },
  });
  expect(said?.raw[0]).toMatchObject({ source: "machine", reason: "PodScheduled/Unschedulable" });
  await db().cluster.update({ where: { id: other.id }, data: { enabled: false } });
});

test("a device that KubeVirt does not permit is named", async () => {
  const vm = await aStuckVm({ devices: { gpus: [{ name: "gpu", deviceName: "nvidia.com/NOPE" }] } });
  expect((await explains(vm, "device_not_permitted"))?.params).toEqual({ resource: "nvidia.com/NOPE" });
});

test("a disk that does not exist is named", async () => {
  const volumes = [{ name: "root", persistentVolumeClaim: { claimName: "missing" } }];
  const vm = await aStuckVm({ volumes });
  expect((await explains(vm, "claim_missing"))?.params).toEqual({ claim: `${namespace}/missing` });
});

test.each([
  ["import_not_found", undefined],
  ["import_tls", "tls: failed to verify certificate: x509: certificate signed by unknown authority"],
  ["import_no_space", "write /data/disk.img: no space left on device"],
] as const)("an import that fails says why: %s", async (code, message) => {
  const name = newName();
  lab.control.imports.fail({ match: name, ...(message !== undefined && { message }) });
  const vm = await aStuckVm(filledFrom(name, `https://images.lab/${name}.qcow2`), name);
  const said = await explains(vm, code);
  expect(said?.params).toEqual({ volume: `${name}-root` });
  expect(said?.raw[0]).toMatchObject({ source: "volume", name: `${name}-root` });
  const listed = async () => (await db().vm.findUniqueOrThrow({ where: { id: vm.id } })).statusMessage;
  await expect.poll(listed, { ...patience, message: "the list says it too" }).toBe(said?.raw[0]?.message);
});

test("a storage class that the cluster lacks is named", async () => {
  const name = newName();
  const vm = await aStuckVm(
    filledFrom(name, "https://images.lab/a.qcow2", { storageClassName: "gold" }),
    name,
  );
  expect((await explains(vm, "storage_class_missing"))?.params).toEqual({ name: "gold" });
});

test("a quota of the cluster says what is asked and what there is", async () => {
  lab.control.put({
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "small", namespace },
    spec: { hard: { "requests.memory": "512Mi" } },
  });
  const said = await explains(await aStuckVm(), "cluster_quota");
  expect(said?.params).toMatchObject({ quota: "small", limited: "requests.memory=512Mi" });
});

test("a rule of the cluster that refuses the machine is quoted", async () => {
  const name = newName();
  lab.control.launches.fail({ match: name, how: "refused" });
  const said = await explains(await aStuckVm({}, name), "admission_denied");
  expect(said?.params).toMatchObject({ webhook: "machines.policy.example.com" });
});

test.each([
  ["crash", "crash_loop"],
  ["image", "image_not_found"],
] satisfies [LaunchFailureKind, string][])(
  "a launch that fails by %s is told as %s, until it comes up",
  async (how, code) => {
    const name = newName();
    lab.control.launches.fail({ match: name, how });
    const vm = await aStuckVm({}, name);
    await explains(vm, code);
    lab.control.launches.succeed();
    const statusOf = async () => (await db().vm.findUniqueOrThrow({ where: { id: vm.id } })).status;
    await expect.poll(statusOf, patience).toBe("RUNNING");
    expect(await explained(vm)).toBe("nothing");
    expect((await db().vm.findUniqueOrThrow({ where: { id: vm.id } })).symptoms).toBeNull();
  },
);

test("what only an event says is known once somebody has looked, and is asked for the pod too", async () => {
  const name = newName();
  lab.control.launches.fail({ match: name, how: "mount" });
  const vm = await aStuckVm({}, name);
  const seen = async () => JSON.stringify((await look(vm)).answer);
  await expect.poll(seen, patience).toContain("FailedMount");
  expect((await explains(vm, "volume_mount_failed"))?.raw).toContainEqual(
    expect.objectContaining({ source: "event", reason: "FailedMount" }),
  );
  const kept = await db().vmClusterEvent.findMany({ where: { vmId: vm.id } });
  expect(kept.map(({ reason, objectKind }) => [reason, objectKind])).toEqual([["FailedMount", "Pod"]]);
});

test("a machine whose removal something holds says what", async () => {
  const vm = await aStuckVm();
  lab.control.edit("virtualmachine", namespace, vm.name, (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      finalizers: [...(object.metadata.finalizers ?? []), "backup.example.com/hold"],
    },
  }));
  lab.control.remove("virtualmachine", namespace, vm.name);
  await explains(vm, "deleted_outside");
  const later = { ...ctx, now: new Date(Date.now() + 10 * 60_000) };
  const heldBy = async () => (await readExplanation(later, vm.id))?.params["finalizers"];
  await expect.poll(heldBy, patience).toBe("backup.example.com/hold");
});

test("what a cluster said when an operation failed is kept, once, with the operation", async () => {
  const name = newName();
  lab.control.launches.fail({ match: name, how: "refused" });
  const vm = await aStuckVm({}, name);
  await explains(vm, "admission_denied");
  const eventId = await aFailedOperation(vm.id);
  await keepClusterEvents({ eventId });
  await keepClusterEvents({ eventId });
  const kept = await db().vmClusterEvent.findMany({ where: { vmId: vm.id, reason: "FailedCreate" } });
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ operationId: eventId, type: "Warning", objectKind: "VirtualMachine" });
});

async function aFailedOperation(vmId: string): Promise<string> {
  const [eventId, ticketId] = [newId(), newId()];
  await db().domainEvent.create({
    data: {
      ...{
        id: eventId,
        eventType: "VM_START_REQUESTED",
        aggregateType: "vm",
        aggregateId: vmId,
        payload: {},
      },
      ...{ requestedBy: "test", requestId: newId(), status: "FAILED", processedAt: new Date() },
    },
    select: { id: true },
  });
  await db().approvalTicket.create({
    data: {
      ...{ id: ticketId, eventId, operationType: "POWER", operation: "START_VM", status: "FAILED" },
      ...{ requesterId: "test", requesterName: "Test", reason: "", resourceType: "vm", resourceId: vmId },
      ...{
        duplicateKey: ticketId,
        systemId: newId(),
        systemName: "s",
        serviceId: newId(),
        serviceName: "web",
      },
      ...{ namespace, environment: "test" },
    },
    select: { id: true },
  });
  return eventId;
}

test("an account that may not read events loses them and nothing else", async () => {
  const vm = await aStuckVm();
  lab.control.faults.set({ status: 403, path: "/events" });
  expect((await look(vm)).answer).toEqual({ events: null, kept: 0 });
  lab.control.faults.clear();
});

test("what an event says and of what is for whoever may know the clusters; others learn that it was", async () => {
  const worker = aQuestionWorker({ "vms.read-cluster-events": readClusterEvents });
  const vm = await aRunningVm({ kubeconfig: lab.kubeconfig });
  lab.control.faults.set({ status: 403, path: "/events" });
  const { ctx: member } = await aConsoleUser(vm.systemId);
  const event = {
    ...{ uid: newId(), objectKind: "Pod", objectName: "virt-launcher-web-x", type: "Warning" as const },
    ...{ reason: "FailedMount", message: "on node-7", count: 2, firstAt: new Date(), lastAt: new Date() },
  };
  await keepEvents(db(), { vmId: vm.id, events: [event] });
  const seen = await lookAtEvents(ctx, vm.id);
  expect(seen.events).toEqual([event]);
  const others = await lookAtEvents(member, vm.id);
  expect(others).toEqual({ ...seen, events: [{ ...event, objectName: "", message: "" }] });
  expect(worker.answered["vms.read-cluster-events"]).toBe(1);
  lab.control.faults.clear();
  await worker.stop();
});

test("an event of a time that cannot be takes no other with it", async () => {
  const vm = await aStuckVm();
  const put = (uid: string, lastTimestamp: string) =>
    lab.control.put({
      ...{ apiVersion: "v1", kind: "Event", metadata: { name: uid, namespace, uid } },
      ...{ involvedObject: { kind: "VirtualMachine", name: vm.name, namespace } },
      ...{ type: "Warning", reason: uid, message: "", lastTimestamp, firstTimestamp: lastTimestamp },
    });
  put("never", "0000-01-01T00:00:00Z");
  put("once", "2026-11-01T00:00:00Z");
  await look(vm);
  const kept = await db().vmClusterEvent.findMany({ where: { vmId: vm.id } });
  expect(kept.map(({ reason }) => reason)).toContain("once");
  expect(kept.every(({ firstAt }) => firstAt.getUTCFullYear() > 2000)).toBe(true);
});

test("a machine of a cluster that nobody hears of says so, and a stranger is told of no machine", async () => {
  const vm = await aStuckVm();
  await stopSync();
  await db().clusterReflector.updateMany({ where: { clusterId }, data: { connected: false } });
  expect(await explained(vm)).toBe("cluster_unreachable");
  await expect(readExplanation(await aPerson("role-development-engineer"), vm.id)).rejects.toMatchObject({
    code: "VM_NOT_FOUND",
  });
});

test("what is said twice is written once", async () => {
  const vm = await aStuckVm({ devices: { gpus: [{ name: "gpu", deviceName: "nvidia.com/NOPE" }] } });
  await explains(vm, "device_not_permitted");
  const versionOf = async () =>
    (await db().$queryRaw<{ xmin: string }[]>`SELECT xmin::text FROM vms WHERE id = ${vm.id}`)[0]?.xmin;
  const before = await versionOf();
  const retried = () => lab.control.objects("event").filter((one) => JSON.stringify(one).includes(vm.name));
  const count = () => retried().reduce((sum, one) => sum + Number("count" in one ? one.count : 1), 0);
  const counted = count();
  await expect.poll(count, patience).toBeGreaterThan(counted + 2);
  expect(await versionOf()).toBe(before);
});
