import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { objectsAt, textAt } from "@/e2e/lab/kubevirt/json";
import { asJson, type KubeObject } from "@/e2e/lab/kubevirt/objects";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { storageClass } from "@/lib/clusters/schema";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { approveRequest } from "../approve-request";
import { noLimits } from "../quotas/schema";
import { setQuota } from "../quotas/set-quota";
import { requestVm } from "../request-vm";
import type { Submitted } from "../schema";
import { stopVm } from "../stop-vm";
import { requestClone } from "./request-clone";

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
const vmOf = (id: string | null) => db().vm.findUniqueOrThrow({ where: { id: id ?? "" } });
const reservationOf = (ticketId: string) => db().reservation.findUniqueOrThrow({ where: { ticketId } });

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
  const vm = await vmOf(ticket.resourceId);
  expect(vm.status).toBe("RUNNING");
  return { vmId: vm.id, name: vm.name, namespace: vm.namespace, systemId: ticket.systemId };
}

const clone = (vm: { vmId: string; namespace: string }, startAfterClone = false) =>
  requestClone(requester, {
    vmId: vm.vmId,
    namespace: vm.namespace,
    reason: "A second one",
    startAfterClone,
  });

const objectOf = (name: string): KubeObject | undefined =>
  lab.control.objects("vm").find((vm) => vm.metadata.name === name);
const clonesIn = (namespace: string) =>
  lab.control.objects("vmclone").filter(({ metadata }) => metadata.namespace === namespace);
const insideOf = (name: string, ...path: string[]) => {
  const object = objectOf(name);
  return textAt(object && asJson(object), "spec", "template", "spec", ...path);
};

function volumesIn(name: string): (string | undefined)[] {
  const machine = objectOf(name);
  const volumes = objectsAt(machine && asJson(machine), "spec", "template", "spec", "volumes");
  return volumes.flatMap((volume) => textAt(volume, "dataVolume", "name") ?? []);
}

const brokenClones = { path: "/virtualmachineclones/", method: "PATCH", status: 503 };

describe("a copy of a machine", () => {
  test("is a machine of its own that rests, with our labels and none of the source's identity", async () => {
    const vm = await running();
    await done(await stopVm(requester, { vmId: vm.vmId, reason: "" }));
    const ticket = await done(await clone(vm));
    expect(ticket).toMatchObject({ status: "SUCCESS", operationType: "CLONE" });
    const made = await vmOf(ticket.resourceId);
    expect(made).toMatchObject({ status: "STOPPED", activeEventId: null, ticketId: ticket.id, clusterId });
    expect(made.name).not.toBe(vm.name);
    const object = objectOf(made.name);
    expect(object?.metadata).toMatchObject({
      uid: made.k8sUid,
      labels: {
        "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
        "kubevirt-shepherd.io/ticket-id": ticket.id,
        "kubevirt-shepherd.io/hostname": made.name,
        "kubevirt-shepherd.io/instance": made.instance,
      },
    });
    expect(insideOf(made.name, "hostname")).toBe(made.name);
    const uuid = insideOf(vm.name, "domain", "firmware", "uuid");
    expect(uuid).toBeDefined();
    expect(insideOf(made.name, "domain", "firmware", "uuid")).not.toBe(uuid);
    expect(volumesIn(made.name)[0]).toMatch(/^restore-/);
    expect(volumesIn(made.name)).not.toEqual(volumesIn(vm.name));
    await expect.poll(() => clonesIn(vm.namespace), { timeout: 10_000 }).toEqual([]);
    expect((await vmOf(vm.vmId)).status).toBe("STOPPED");
    const records = await db().auditLog.findMany({ where: { resourceId: made.id } });
    expect(records.map(({ action, outcome }) => `${action} ${outcome}`)).toContain("vm.clone success");
    const asked = await db().auditLog.findMany({ where: { resourceId: ticket.id } });
    expect(asked.map(({ action }) => action)).toContain("vm.clone_submitted");
  });

  test("runs at its end where that was asked, beside the machine that goes on running", async () => {
    const vm = await running();
    const ticket = await done(await clone(vm, true));
    expect(ticket).toMatchObject({ status: "SUCCESS" });
    expect((await vmOf(ticket.resourceId)).status).toBe("RUNNING");
    expect((await vmOf(vm.vmId)).status).toBe("RUNNING");
  });

  test("whose answer was lost is found again, and there is no second", async () => {
    const vm = await running();
    lab.control.clearLedger();
    lab.control.faults.set({ path: "/virtualmachineclones/", method: "PATCH", dropAnswer: true, times: 1 });
    const ticket = await done(await clone(vm));
    expect(ticket).toMatchObject({ status: "SUCCESS" });
    const applied = lab.control
      .ledger()
      .filter(({ method, path }) => method === "PATCH" && path.includes("/virtualmachineclones/"));
    expect(applied.filter(({ effective }) => effective)).toHaveLength(1);
    const machines = lab.control.objects("vm").filter((one) => one.metadata.namespace === vm.namespace);
    expect(machines.map(({ metadata }) => metadata.name).sort()).toEqual(
      [vm.name, ticket.resourceName ?? ""].sort(),
    );
  });

  test("stops where the name belongs to somebody else, gives its room back, and leaves theirs alone", async () => {
    const vm = await running();
    lab.control.faults.set(brokenClones);
    const submitted = await clone(vm);
    await decided(submitted);
    const name = (await ticketOf(submitted.ticketId)).resourceName ?? "";
    const foreign = objectOf(vm.name);
    lab.control.put({
      apiVersion: "kubevirt.io/v1",
      kind: "VirtualMachine",
      metadata: { name, namespace: vm.namespace, labels: { owner: "somebody" } },
      spec: { ...foreign?.spec, runStrategy: "Halted" },
    });
    lab.control.faults.clear();
    const ticket = await done({ ...submitted, status: "ACCEPTED" });
    expect(ticket).toMatchObject({ status: "FAILED", lastError: { code: "FOREIGN_OBJECT" } });
    expect(await vmOf(ticket.resourceId)).toMatchObject({ status: "FAILED", k8sUid: null });
    expect(objectOf(name)?.metadata.labels).toEqual({ owner: "somebody" });
    expect(clonesIn(vm.namespace)).toEqual([]);
    expect((await reservationOf(ticket.id)).state).toBe("RELEASED");
  });

  test("keeps its source from being stopped until the cluster has copied it", async () => {
    const vm = await running();
    lab.control.faults.set(brokenClones);
    const submitted = await clone(vm);
    await decided(submitted);
    await expect(stopVm(requester, { vmId: vm.vmId, reason: "" }).then(decided)).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "vm", state: "busy" },
    });
    lab.control.faults.clear();
    expect(await done({ ...submitted, status: "ACCEPTED" })).toMatchObject({ status: "SUCCESS" });
    await done(await stopVm(requester, { vmId: vm.vmId, reason: "" }));
    expect((await vmOf(vm.vmId)).status).toBe("STOPPED");
  });

  test("is refused where the disk's storage cannot be saved", async () => {
    const vm = await running();
    const { storageClasses } = await db().cluster.findUniqueOrThrow({ where: { id: clusterId } });
    const without = storageClass
      .array()
      .parse(storageClasses)
      .map((one) => ({ ...one, snapshotClass: null }));
    await db().cluster.update({ where: { id: clusterId }, data: { storageClasses: without } });
    await expect(clone(vm)).rejects.toMatchObject({
      code: "CAPABILITY_NOT_SUPPORTED",
      params: { capability: "snapshot_class" },
    });
    await db().cluster.update({ where: { id: clusterId }, data: { storageClasses: storageClasses ?? [] } });
  });

  test("stays in its environment and its namespace", async () => {
    const vm = await running();
    const other = await db().environment.findFirstOrThrow({ where: { class: "prod" } });
    const far = await aNamespace({ environment: other.name });
    await expect(clone({ ...vm, namespace: far.name })).rejects.toMatchObject({
      code: "ENVIRONMENT_MISMATCH",
    });
    const near = await aNamespace();
    await expect(clone({ ...vm, namespace: near.name })).rejects.toMatchObject({
      code: "CAPABILITY_NOT_SUPPORTED",
      params: { capability: "clone_namespace" },
    });
    await expect(clone({ ...vm, namespace: "nowhere" })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });

  test("is nobody's business who may not see the machine", async () => {
    const vm = await running();
    const { vmId, namespace } = vm;
    const stranger = await aPerson("role-development-engineer");
    await expect(requestClone(stranger, { vmId, namespace, reason: "mine" })).rejects.toMatchObject({
      code: "VM_NOT_FOUND",
    });
  });

  test("holds the room of a machine like its source, keeps it, and is refused where there is none", async () => {
    const vm = await running();
    const room = { systemId: vm.systemId, environment: "test" };
    await setQuota(platformContext("test"), { ...room, ...noLimits, vms: 2 });
    const ticket = await done(await clone(vm));
    expect(ticket).toMatchObject({ status: "SUCCESS" });
    expect(await reservationOf(ticket.id)).toMatchObject({ state: "KEPT", vmId: ticket.resourceId, vms: 1 });
    const source = await db().reservation.findFirstOrThrow({ where: { vmId: vm.vmId, state: "KEPT" } });
    const held = await reservationOf(ticket.id);
    expect([held.cpuCores, held.memoryGi, held.diskGb].map(Number)).toEqual(
      [source.cpuCores, source.memoryGi, source.diskGb].map(Number),
    );
    await expect(clone(vm)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
  });
});
