import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { objectsAt, textAt } from "@/e2e/lab/kubevirt/json";
import { asJson } from "@/e2e/lab/kubevirt/objects";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { storageClass } from "@/lib/clusters/schema";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { deleteSnapshot } from "@/lib/snapshots/delete-snapshot";
import { listSnapshots, readSnapshot } from "@/lib/snapshots/queries";
import { approveRequest } from "../approve-request";
import { requestVm } from "../request-vm";
import type { Submitted } from "../schema";
import { startVm } from "../start-vm";
import { stopVm } from "../stop-vm";
import { readSnapshotContext } from "./queries";
import { requestRestore } from "./request-restore";
import { requestSnapshot } from "./request-snapshot";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let requester: Context;
let decider: Context;
let clusterId: string;

beforeAll(async () => {
  lab = await startKubevirtLab({
    clockSpeed: 20,
    inventory: {
      storageClasses: [
        {
          name: "shared",
          provisioner: "rook-ceph.rbd.csi.ceph.com",
          isDefault: true,
          accessModes: ["ReadWriteMany"],
          volumeMode: "Block",
        },
      ],
    },
  });
  worker = await startWorker();
  requester = await aPerson("role-development-engineer");
  decider = await aPerson("role-approval-admin");
  const cluster = await registerCluster(platformContext("test"), {
    name: `lab-${newId().slice(-6)}`,
    displayName: "Lab",
    environment: "test",
    kubeconfig: lab.kubeconfig,
    schedulingWeight: 100,
  });
  clusterId = cluster.id;
  await vi.waitFor(() => db().cluster.findFirstOrThrow({ where: { status: "HEALTHY" } }), {
    timeout: 10_000,
  });
});

afterEach(() => lab.control.faults.clear());

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const vmOf = (id: string) => db().vm.findUniqueOrThrow({ where: { id } });
const snapshotOf = (ticketId: string) => db().vmSnapshot.findFirstOrThrow({ where: { ticketId } });

/** Decided where somebody has to, and at its end in the cluster. */
async function done(submitted: Submitted) {
  await decided(submitted);
  const { ticketId } = submitted;
  await expect
    .poll(async () => (await ticketOf(ticketId)).status, { timeout: 30_000 })
    .toMatch(/^(SUCCESS|FAILED|REJECTED)$/);
  return ticketOf(ticketId);
}

async function decided({ status, ticketId }: Submitted) {
  if (status === "PENDING_APPROVAL") await approveRequest(decider, { ticketId });
}

async function running() {
  const size = await aSize({ cpuCores: 4, memoryGi: 8 });
  const wish = { instanceSizeId: size.id, targetCpuCores: 2, targetMemoryGi: 4 };
  const ticket = await done(await requestVm(requester, await aVmWish(requester, wish)));
  const vm = await vmOf(ticket.resourceId ?? "");
  expect(vm.status).toBe("RUNNING");
  return { vmId: vm.id, name: vm.name, namespace: vm.namespace };
}

async function stopped(vmId: string) {
  await done(await stopVm(requester, { vmId, reason: "" }));
  expect((await vmOf(vmId)).status).toBe("STOPPED");
}

const take = (vmId: string, label = "Before the upgrade") =>
  requestSnapshot(requester, { vmId, label, reason: "" });

async function saved(vmId: string) {
  const ticket = await done(await take(vmId));
  expect(ticket).toMatchObject({ status: "SUCCESS" });
  return snapshotOf(ticket.id);
}

const objectsOf = (kind: "vmsnapshot" | "vmrestore", machine: string) =>
  lab.control
    .objects(kind)
    .filter(
      ({ spec }) => textAt(spec, "source", "name") === machine || textAt(spec, "target", "name") === machine,
    );

function volumesIn(name: string): (string | undefined)[] {
  const machine = lab.control.objects("vm").find((vm) => vm.metadata.name === name);
  const volumes = objectsAt(machine && asJson(machine), "spec", "template", "spec", "volumes");
  return volumes.flatMap((volume) => textAt(volume, "dataVolume", "name") ?? []);
}

function statusIn(name: string): string | undefined {
  const machine = lab.control.objects("vm").find((vm) => vm.metadata.name === name);
  return textAt(machine?.status, "printableStatus");
}

const recordsOf = (parentId: string) =>
  db().auditLog.findMany({ where: { parentId, resourceType: "snapshot" }, orderBy: { createdAt: "asc" } });

const brokenSnapshots = { path: "/virtualmachinesnapshots/", method: "PATCH", status: 503 };

describe("a snapshot of a machine", () => {
  test("is one object in the cluster, ready when the cluster says so, and the machine is free again", async () => {
    const vm = await running();
    const row = await saved(vm.vmId);
    expect(row).toMatchObject({ status: "READY", label: "Before the upgrade", vmName: vm.name });
    expect(row.indications).toContain("Online");
    const [object, ...others] = objectsOf("vmsnapshot", vm.name);
    expect(others).toEqual([]);
    expect(object?.metadata).toMatchObject({
      name: row.name,
      uid: row.k8sUid,
      labels: { "kubevirt-shepherd.io/ticket-id": row.ticketId },
    });
    expect((await vmOf(vm.vmId)).activeEventId).toBeNull();
    const { items } = await listSnapshots(requester, { vmId: vm.vmId, perPage: 20 });
    expect(items.map(({ id }) => id)).toEqual([row.id]);
    expect((await recordsOf(vm.vmId)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "vm.snapshot success",
    ]);
  });

  test("whose answer was lost is found again, and there is no second", async () => {
    const vm = await running();
    lab.control.clearLedger();
    lab.control.faults.set({
      path: "/virtualmachinesnapshots/",
      method: "PATCH",
      dropAnswer: true,
      times: 1,
    });
    const row = await saved(vm.vmId);
    expect(row.status).toBe("READY");
    expect(objectsOf("vmsnapshot", vm.name)).toHaveLength(1);
    const applied = lab.control
      .ledger()
      .filter(({ method, name }) => method === "PATCH" && name === row.name);
    expect(applied.filter(({ effective }) => effective)).toHaveLength(1);
  });

  test("stops where the name belongs to somebody else, and leaves theirs alone", async () => {
    const vm = await running();
    lab.control.faults.set(brokenSnapshots);
    const submitted = await take(vm.vmId);
    await decided(submitted);
    const row = await snapshotOf(submitted.ticketId);
    lab.control.put({
      apiVersion: "snapshot.kubevirt.io/v1beta1",
      kind: "VirtualMachineSnapshot",
      metadata: { name: row.name, namespace: vm.namespace, labels: { owner: "backup" } },
      spec: { source: { apiGroup: "kubevirt.io", kind: "VirtualMachine", name: vm.name } },
    });
    lab.control.faults.clear();
    const ticket = await done({ ...submitted, status: "ACCEPTED" });
    expect(ticket).toMatchObject({ status: "FAILED", lastError: { code: "FOREIGN_OBJECT" } });
    expect(await snapshotOf(ticket.id)).toMatchObject({ status: "FAILED", k8sUid: null });
    expect((await vmOf(vm.vmId)).activeEventId).toBeNull();
    await deleteSnapshot(requester, { snapshotId: row.id });
    await expect.poll(() => db().vmSnapshot.count({ where: { id: row.id } }), { timeout: 15_000 }).toBe(0);
    expect(objectsOf("vmsnapshot", vm.name).map(({ metadata }) => metadata.labels)).toEqual([
      { owner: "backup" },
    ]);
  });

  test("keeps everybody else off the machine until it is taken", async () => {
    const vm = await running();
    lab.control.faults.set(brokenSnapshots);
    const submitted = await take(vm.vmId);
    await decided(submitted);
    await expect(stopVm(requester, { vmId: vm.vmId, reason: "" }).then(decided)).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "vm", state: "busy" },
    });
    lab.control.faults.clear();
    expect(await done({ ...submitted, status: "ACCEPTED" })).toMatchObject({ status: "SUCCESS" });
    await stopped(vm.vmId);
  });

  test("is refused where the disk's storage cannot be saved", async () => {
    const vm = await running();
    const { storageClasses } = await db().cluster.findUniqueOrThrow({ where: { id: clusterId } });
    const without = storageClass
      .array()
      .parse(storageClasses)
      .map((one) => ({
        ...one,
        snapshotClass: null,
      }));
    await db().cluster.update({ where: { id: clusterId }, data: { storageClasses: without } });
    await expect(take(vm.vmId)).rejects.toMatchObject({
      code: "CAPABILITY_NOT_SUPPORTED",
      params: { capability: "snapshot_class" },
    });
    expect((await readSnapshotContext(requester, vm.vmId)).ability).toEqual({
      isAble: false,
      reason: "snapshot_class",
    });
    await db().cluster.update({ where: { id: clusterId }, data: { storageClasses: storageClasses ?? [] } });
    expect((await readSnapshotContext(requester, vm.vmId)).ability.isAble).toBe(true);
  });

  test("goes with its object when it is deleted", async () => {
    const vm = await running();
    const row = await saved(vm.vmId);
    lab.control.faults.set({ path: "/virtualmachinesnapshots/", method: "DELETE", status: 503 });
    await deleteSnapshot(requester, { snapshotId: row.id });
    await expect(deleteSnapshot(requester, { snapshotId: row.id })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
    lab.control.faults.clear();
    await expect.poll(() => db().vmSnapshot.count({ where: { id: row.id } }), { timeout: 15_000 }).toBe(0);
    expect(objectsOf("vmsnapshot", vm.name)).toEqual([]);
    expect((await recordsOf(vm.vmId)).map(({ action }) => action)).toEqual([
      "vm.snapshot",
      "vm.snapshot_delete_submitted",
      "vm.snapshot_delete_executed",
    ]);
  });

  test("is nobody's business who may not see the machine", async () => {
    const vm = await running();
    const row = await saved(vm.vmId);
    const stranger = await aPerson("role-development-engineer");
    const unknown = { code: "RESOURCE_NOT_FOUND" };
    await expect(readSnapshot(stranger, { snapshotId: row.id })).rejects.toMatchObject(unknown);
    await expect(deleteSnapshot(stranger, { snapshotId: row.id })).rejects.toMatchObject(unknown);
    await expect(requestRestore(stranger, { snapshotId: row.id, reason: "mine" })).rejects.toMatchObject(
      unknown,
    );
    await expect(listSnapshots(stranger, { vmId: vm.vmId, perPage: 20 })).rejects.toMatchObject({
      code: "VM_NOT_FOUND",
    });
  });
});

describe("the way back to a snapshot", () => {
  test("is refused for a running machine", async () => {
    const vm = await running();
    const { id } = await saved(vm.vmId);
    await expect(requestRestore(requester, { snapshotId: id, reason: "It broke" })).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { state: "RUNNING", move: "restore" },
    });
  });

  test("gives a stopped machine the volumes of the snapshot, once, and it starts with them", async () => {
    const vm = await running();
    const { id } = await saved(vm.vmId);
    const before = volumesIn(vm.name);
    await stopped(vm.vmId);
    lab.control.clearLedger();
    lab.control.faults.set({ path: "/virtualmachinerestores/", method: "PATCH", dropAnswer: true, times: 1 });
    const ticket = await done(await requestRestore(requester, { snapshotId: id, reason: "It broke" }));
    expect(ticket).toMatchObject({ status: "SUCCESS" });
    expect(objectsOf("vmrestore", vm.name)).toHaveLength(1);
    expect(volumesIn(vm.name)).toEqual(
      before.map((_, index) => expect.stringMatching(index === 0 ? /^restore-/ : /./)),
    );
    expect(await readSnapshot(requester, { snapshotId: id })).toMatchObject({
      status: "READY",
      lastRestore: { status: "COMPLETED", ticketId: ticket.id },
    });
    await done(await startVm(requester, { vmId: vm.vmId, reason: "" }));
    expect((await vmOf(vm.vmId)).status).toBe("RUNNING");
  });

  test("is not begun in the cluster when somebody has started the machine there since", async () => {
    const vm = await running();
    const { id } = await saved(vm.vmId);
    await stopped(vm.vmId);
    lab.control.faults.set({ path: "/virtualmachinerestores/", status: 503 });
    const submitted = await requestRestore(requester, { snapshotId: id, reason: "It broke" });
    await decided(submitted);
    lab.control.edit("vm", vm.namespace, vm.name, (object) => ({
      ...object,
      spec: { ...object.spec, runStrategy: "Always" },
    }));
    await expect.poll(() => statusIn(vm.name), { timeout: 10_000 }).toBe("Running");
    lab.control.faults.clear();
    const ticket = await done({ ...submitted, status: "ACCEPTED" });
    expect(ticket).toMatchObject({ status: "FAILED", lastError: { code: "INVALID_STATE" } });
    expect(objectsOf("vmrestore", vm.name)).toEqual([]);
    expect((await vmOf(vm.vmId)).activeEventId).toBeNull();
  });

  test("is not taken away under a machine that is on it", async () => {
    const vm = await running();
    const { id } = await saved(vm.vmId);
    await stopped(vm.vmId);
    lab.control.faults.set({ path: "/virtualmachinerestores/", method: "PATCH", status: 503 });
    const submitted = await requestRestore(requester, { snapshotId: id, reason: "It broke" });
    await decided(submitted);
    await expect(deleteSnapshot(requester, { snapshotId: id })).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "snapshot", state: "RESTORING" },
    });
    lab.control.faults.clear();
    expect(await done({ ...submitted, status: "ACCEPTED" })).toMatchObject({ status: "SUCCESS" });
  });
});
