import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { aMember } from "@/e2e/factories/member";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import type { JsonObject } from "@/e2e/lab/kubevirt/json";
import { objectAt } from "@/e2e/lab/kubevirt/json";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { readHardware } from "@/lib/vms/hardware/queries";
import { refreshHardware } from "@/lib/vms/hardware/refresh-hardware";
import { readVmManifest } from "@/lib/vms/queries";
import { approveRequest } from "../approve-request";
import { requestModification } from "../modification/request-modification";
import type { ModifyVm } from "../modification/schema";
import { requestVm } from "../request-vm";
import { readConfiguration } from "./queries";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let requester: Context;
let decider: Context;

beforeAll(async () => {
  lab = await startKubevirtLab({
    clockSpeed: 20,
    inventory: {
      featureGates: ["ExpandDisks"],
      storageClasses: [
        {
          name: "shared",
          provisioner: "rook-ceph.rbd.csi.ceph.com",
          isDefault: true,
          accessModes: ["ReadWriteMany"],
          volumeMode: "Block",
          allowsExpansion: true,
        },
      ],
    },
  });
  worker = await startWorker();
  requester = await aPerson("role-development-engineer");
  decider = await aPerson("role-approval-admin");
  await registerCluster(platformContext("test"), {
    name: `lab-${newId().slice(-6)}`,
    displayName: "Lab",
    environment: "test",
    kubeconfig: lab.kubeconfig,
    schedulingWeight: 100,
  });
  await vi.waitFor(() => db().cluster.findFirstOrThrow({ where: { status: "HEALTHY" } }), {
    timeout: 10_000,
  });
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const ended = (id: string): Promise<void> =>
  expect
    .poll(async () => (await ticketOf(id)).status, { timeout: 20_000 })
    .toMatch(/^(SUCCESS|FAILED|REJECTED)$/);

async function running() {
  const size = await aSize({ cpuCores: 8, memoryGi: 16 });
  const wish = { instanceSizeId: size.id, targetCpuCores: 2, targetMemoryGi: 4 };
  const submitted = await requestVm(requester, await aVmWish(requester, wish));
  await approveRequest(decider, { ticketId: submitted.ticketId });
  await ended(submitted.ticketId);
  const { resourceId } = await ticketOf(submitted.ticketId);
  return db().vm.findUniqueOrThrow({ where: { id: resourceId ?? "" } });
}

async function asked(vmId: string, over: Partial<ModifyVm>) {
  return (await requestModification(requester, { vmId, reason: "More room", ...over })).ticketId;
}

async function changed(vmId: string, over: Partial<ModifyVm>) {
  const ticketId = await asked(vmId, over);
  await approveRequest(decider, { ticketId });
  await ended(ticketId);
  const ticket = await ticketOf(ticketId);
  expect([ticket.status, ticket.lastError]).toEqual(["SUCCESS", null]);
  return ticket;
}

async function rowOf(vmId: string, path: string) {
  const { rows } = await readConfiguration(requester, vmId);
  return rows.find((row) => row.path === path);
}

describe("hardware", () => {
  test("is read when somebody looks: the system disk, its claim, and the addresses", async () => {
    const vm = await running();
    await db().vmLiveSpec.deleteMany({ where: { vmId: vm.id } });
    expect(await readHardware(requester, vm.id)).toMatchObject({ hardware: null, isBehind: true });

    await refreshHardware(requester, { vmId: vm.id });
    const { hardware, readAt } = await readHardware(requester, vm.id);
    expect(readAt).not.toBeNull();
    expect(hardware?.disks[0]).toMatchObject({
      ...{ name: "root", kind: "data_volume", bus: "virtio", isRoot: true, target: "vda" },
      claim: { name: null, storageClass: "shared", accessModes: ["ReadWriteMany"], isExpandable: true },
    });
    expect(hardware?.interfaces[0]).toMatchObject({ name: "default", binding: "masquerade", network: "pod" });
    expect(hardware?.interfaces[0]?.addresses).toHaveLength(1);
    expect(hardware?.labels["kubevirt-shepherd.io/hostname"]).toBe(vm.name);
    expect(hardware?.annotations["kubevirt-shepherd.io/fqdn"]).toContain(vm.name);
  });

  test("names of what lies in the cluster are for administrators, and strangers find nothing", async () => {
    const vm = await running();
    await refreshHardware(requester, { vmId: vm.id });
    const seen = await readHardware(await anAdministrator(), vm.id);
    expect(seen.hardware?.disks[0]?.claim?.name).toBe(`${vm.name}-root`);

    const stranger = await aPerson("role-development-engineer");
    await expect(readHardware(stranger, vm.id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    await expect(refreshHardware(stranger, { vmId: vm.id })).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  });

  test("a disk that is grown is seen larger after it was asked again", async () => {
    const vm = await running();
    await changed(vm.id, { diskGb: vm.diskGb + 10 });
    expect((await readHardware(requester, vm.id)).isBehind).toBe(true);
    await expect
      .poll(
        async () => {
          await refreshHardware({ ...requester, now: new Date() }, { vmId: vm.id });
          return (await readHardware(requester, vm.id)).hardware?.disks[0]?.claim?.capacityGb;
        },
        { timeout: 15_000, interval: 1_000 },
      )
      .toBe(vm.diskGb + 10);
  });
});

/** Somebody has plugged a disk in with kubectl. */
async function plugIn(vm: { name: string; namespace: string }) {
  lab.control.put({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: `${vm.name}-extra`, namespace: vm.namespace },
    spec: {
      accessModes: ["ReadWriteMany"],
      storageClassName: "shared",
      resources: { requests: { storage: "10Gi" } },
    },
  });
  lab.control.edit("vm", vm.namespace, vm.name, (machine) => {
    const template = objectAt(machine.spec, "template");
    const spec = objectAt(template, "spec");
    const volumes = Array.isArray(spec["volumes"]) ? spec["volumes"] : [];
    const extra: JsonObject = { name: "extra", persistentVolumeClaim: { claimName: `${vm.name}-extra` } };
    return {
      ...machine,
      spec: { ...machine.spec, template: { ...template, spec: { ...spec, volumes: [...volumes, extra] } } },
    };
  });
}

describe("configuration", () => {
  test("what was asked for stands beside what was approved and what the cluster has", async () => {
    const vm = await running();
    await refreshHardware(requester, { vmId: vm.id });
    expect(await rowOf(vm.id, "memoryGi")).toMatchObject({
      ...{ asked: 4, isAsked: true, approved: 4, live: 4, isRead: true, isDrifted: false },
      ...{ pending: null, effect: null },
    });
  });

  test("a change is on its way until it is decided, and then tells how it took effect", async () => {
    const vm = await running();
    const ticketId = await asked(vm.id, { memoryGi: 8 });
    expect((await rowOf(vm.id, "memoryGi"))?.pending).toEqual({
      ...{ value: 8, ticketId, state: "waiting", heldUntil: null },
    });
    await approveRequest(decider, { ticketId });
    await ended(ticketId);
    expect(await rowOf(vm.id, "memoryGi")).toMatchObject({
      asked: 8,
      approved: 8,
      pending: null,
      effect: "live",
    });
  });

  test("a change that the running machine has not taken says that it needs a restart", async () => {
    const vm = await running();
    await changed(vm.id, { memoryGi: 2 });
    await expect.poll(async () => (await rowOf(vm.id, "memoryGi"))?.effect).toBe("needs_restart");
    const { restartRequired, revision } = await readConfiguration(requester, vm.id);
    expect([restartRequired, revision]).toEqual([true, 2]);
  });

  test("what the first start was told is for owners and administrators, without its secrets", async () => {
    const vm = await running();
    const { blueprint } = await db().vm.findUniqueOrThrow({
      where: { id: vm.id },
      select: { blueprint: true },
    });
    const cloudInit = "#cloud-config\npackages: [nginx]\npassword: canary\n";
    // A blueprint is an object.
    await db().vm.update({
      where: { id: vm.id },
      data: { blueprint: { ...(blueprint as object), cloudInit } },
    });
    const { cloudInit: shown, seesCloudInit } = await readConfiguration(requester, vm.id);
    expect(seesCloudInit).toBe(true);
    expect(shown).toContain("nginx");
    expect(shown).not.toContain("canary");

    const { serviceId } = vm;
    const { systemId } = await db().service.findUniqueOrThrow({ where: { id: serviceId } });
    const viewer = await aMember({ systemId, role: "viewer" });
    expect(await readConfiguration(viewer, vm.id)).toMatchObject({ cloudInit: null, seesCloudInit: false });
  });

  test("a disk besides the first grows by a change of its own, and counts with what the machine holds", async () => {
    const vm = await running();
    await plugIn(vm);
    await refreshHardware(requester, { vmId: vm.id });
    await expect(asked(vm.id, { disks: { extra: 5 } })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
    await expect(asked(vm.id, { disks: { nothing: 50 } })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    const ticket = await changed(vm.id, { disks: { extra: 30 } });
    expect(ticket.demand).toMatchObject({ diskGb: 20, memoryGi: 0 });
    const claim = lab.control.objects("pvc").find(({ metadata }) => metadata.name === `${vm.name}-extra`);
    expect(claim?.spec).toMatchObject({ resources: { requests: { storage: "30Gi" } } });
  });
});

describe("manifest", () => {
  test("is told whole, with who wrote what apart, and with what somebody changed", async () => {
    const vm = await running();
    const admin = await anAdministrator();
    const before = await readVmManifest(admin, vm.id);
    expect(before.yaml).toContain("printableStatus");
    expect(before.yaml).not.toContain("managedFields");
    expect(before.managedFields).toContain("managedFields");
    expect(before.differences).toEqual([]);

    lab.control.edit("vm", vm.namespace, vm.name, (machine) => ({
      ...machine,
      metadata: {
        ...machine.metadata,
        labels: { ...machine.metadata.labels, "kubevirt-shepherd.io/system": "x" },
      },
    }));
    const { differences } = await readVmManifest(admin, vm.id);
    expect(differences).toMatchObject([{ path: "metadata.labels.kubevirt-shepherd.io/system", live: "x" }]);
  });
});
