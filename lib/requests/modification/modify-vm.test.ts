import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { approveHeld } from "@/e2e/factories/held-change";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import type { JsonObject } from "@/e2e/lab/kubevirt/json";
import { objectAt, textAt, valueAt } from "@/e2e/lab/kubevirt/json";
import { asJson } from "@/e2e/lab/kubevirt/objects";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { compareSpecs } from "@/lib/vms/modification/compare-specs.handler";
import { acceptDrift } from "@/lib/vms/modification/accept-drift";
import { compareRevisions, listRevisions, readLiveSpec } from "@/lib/vms/modification/queries";
import { approveRequest } from "../approve-request";
import { requestVm } from "../request-vm";
import { restartVm } from "../restart-vm";
import { stopVm } from "../stop-vm";
import { previewModification } from "./preview-modification";
import { readThreeWay } from "./read-three-way";
import { requestModification } from "./request-modification";
import type { ModifyVm } from "./schema";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let requester: Context;
let decider: Context;
let clusterId: string;

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

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const statusOf = async (id: string) => (await ticketOf(id)).status;
const ended = (id: string): Promise<void> =>
  expect.poll(() => statusOf(id), { timeout: 20_000 }).toMatch(/^(SUCCESS|FAILED|REJECTED)$/);
const vmOf = (id: string) => db().vm.findUniqueOrThrow({ where: { id } });

async function running(over: Parameters<typeof aVmWish>[1] = {}) {
  const size = await aSize({ cpuCores: 8, memoryGi: 16 });
  const wish = { instanceSizeId: size.id, targetCpuCores: 2, targetMemoryGi: 4, ...over };
  const submitted = await requestVm(requester, await aVmWish(requester, wish));
  await approveRequest(decider, { ticketId: submitted.ticketId });
  await ended(submitted.ticketId);
  const { resourceId } = await ticketOf(submitted.ticketId);
  const vm = await vmOf(resourceId ?? "");
  expect(vm.status).toBe("RUNNING");
  return { vmId: vm.id, name: vm.name, namespace: vm.namespace };
}

type Standing = Awaited<ReturnType<typeof running>>;

function machine({ name }: Standing): JsonObject {
  const found = lab.control.objects("vm").find((vm) => vm.metadata.name === name);
  return found ? asJson(found) : {};
}

function instance({ name }: Standing): JsonObject {
  const found = lab.control.objects("vmi").find((vmi) => vmi.metadata.name === name);
  return found ? asJson(found) : {};
}

const domainIn = (object: JsonObject, ...path: string[]) =>
  valueAt(object, "spec", "template", "spec", "domain", ...path);

/** Somebody with kubectl. */
function editDomain({ namespace, name }: Standing, change: (domain: JsonObject) => JsonObject) {
  lab.control.edit("vm", namespace, name, (vm) => {
    const spec = objectAt(vm.spec, "template", "spec");
    const domain = change(objectAt(spec, "domain"));
    return {
      ...vm,
      spec: { ...vm.spec, template: { ...objectAt(vm.spec, "template"), spec: { ...spec, domain } } },
    };
  });
}

async function change(vm: Standing, over: Partial<ModifyVm>) {
  const { ticketId } = await requestModification(requester, { vmId: vm.vmId, reason: "More room", ...over });
  return ticketId;
}

async function approved(vm: Standing, over: Partial<ModifyVm>) {
  const ticketId = await change(vm, over);
  await approveRequest(decider, { ticketId });
  await ended(ticketId);
  return ticketOf(ticketId);
}

const patchesOf = (name: string) =>
  lab.control.ledger().filter((call) => call.method === "PATCH" && call.effective && call.name === name);

describe("a change of a machine", () => {
  test("processors and memory are plugged into the running machine, and nothing restarts", async () => {
    const vm = await running();
    const before = textAt(instance(vm), "metadata", "uid");
    const preview = await previewModification(requester, {
      vmId: vm.vmId,
      reason: "",
      cpuCores: 4,
      memoryGi: 8,
    });
    expect(preview.rows.map(({ field, verdict, reason }) => [field, verdict, reason])).toEqual([
      ["cpuCores", "live", "reserved_share_stays"],
      ["memoryGi", "live", "hot_plug"],
    ]);
    expect(preview.check.result).toBe("accepted");
    expect(preview.approval.effect).toBe("ask");

    const ticket = await approved(vm, { cpuCores: 4, memoryGi: 8 });
    expect([ticket.status, ticket.lastError]).toEqual(["SUCCESS", null]);
    expect(domainIn(machine(vm), "cpu")).toMatchObject({ cores: 2, sockets: 2 });
    await expect
      .poll(() => [
        valueAt(instance(vm), "spec", "domain", "cpu", "sockets"),
        valueAt(instance(vm), "status", "memory", "guestCurrent"),
      ])
      .toEqual([2, "8192Mi"]);
    const after = await vmOf(vm.vmId);
    expect(after).toMatchObject({ status: "RUNNING", restartRequired: false, activeEventId: null });
    expect(textAt(instance(vm), "metadata", "uid")).toBe(before);
    expect([Number(after.cpuCores), Number(after.memoryGi)]).toEqual([4, 8]);
    // What is reserved of the processors stays until somebody restarts it for that.
    expect(after.blueprint).toMatchObject({
      cpuLimit: 4,
      cpuRequest: 2,
      memoryLimitGi: 8,
      memoryRequestGi: 8,
    });
    expect(domainIn(machine(vm), "resources")).toEqual({ requests: { cpu: "2" } });
  });

  test("less memory waits for a restart, which the machine shows and a restart clears", async () => {
    const vm = await running();
    const preview = await previewModification(requester, { vmId: vm.vmId, reason: "", memoryGi: 2 });
    expect(preview.rows).toMatchObject([{ field: "memoryGi", from: 4, to: 2, verdict: "restart" }]);
    expect((await approved(vm, { memoryGi: 2 })).status).toBe("SUCCESS");
    await expect.poll(async () => (await vmOf(vm.vmId)).restartRequired, { timeout: 5_000 }).toBe(true);
    expect(domainIn(machine(vm), "memory", "guest")).toBe("2Gi");
    expect(valueAt(instance(vm), "spec", "domain", "memory", "guest")).toBe("4Gi");
    const { ticketId } = await restartVm(requester, { vmId: vm.vmId, reason: "" });
    await ended(ticketId);
    await expect.poll(async () => (await vmOf(vm.vmId)).restartRequired, { timeout: 5_000 }).toBe(false);
    expect(valueAt(instance(vm), "spec", "domain", "memory", "guest")).toBe("2Gi");
  });

  test("a disk grows and does not shrink", async () => {
    const vm = await running();
    await expect(change(vm, { diskGb: 10 })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "diskGb", code: "too_small", params: { minimum: 20 } }],
    });
    expect((await approved(vm, { diskGb: 40 })).status).toBe("SUCCESS");
    const claim = lab.control.objects("pvc").find((one) => one.metadata.name === `${vm.name}-root`);
    expect(valueAt(claim?.spec, "resources", "requests", "storage")).toBe("40Gi");
    await expect
      .poll(() => {
        const grown = lab.control.objects("pvc").find((one) => one.metadata.name === `${vm.name}-root`);
        return textAt(grown?.status, "capacity", "storage");
      })
      .toBe("40Gi");
    expect((await vmOf(vm.vmId)).diskGb).toBe(40);
  });

  test("a stopped machine takes everything at once", async () => {
    const vm = await running();
    await ended((await stopVm(requester, { vmId: vm.vmId, reason: "" })).ticketId);
    const preview = await previewModification(requester, {
      vmId: vm.vmId,
      reason: "",
      cpuCores: 5,
      memoryGi: 3,
    });
    expect(preview.rows.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ["live", "machine_stopped"],
      ["live", "machine_stopped"],
    ]);
    expect((await approved(vm, { cpuCores: 5, memoryGi: 3 })).status).toBe("SUCCESS");
    expect(domainIn(machine(vm), "cpu")).toMatchObject({ cores: 5, sockets: 1 });
    expect(domainIn(machine(vm), "resources")).toEqual({ requests: { cpu: "5" } });
  });
});

describe("a change that is refused", () => {
  test("by the cluster's admission is told before, stops the approval, and is on record", async () => {
    const vm = await running();
    const refuse = () =>
      lab.control.faults.set({ status: 422, method: "PATCH", path: `virtualmachines/${vm.name}`, times: 1 });
    refuse();
    const preview = await previewModification(requester, { vmId: vm.vmId, reason: "", memoryGi: 8 });
    expect(preview.check.result).toBe("refused");
    const ticketId = await change(vm, { memoryGi: 8 });
    refuse();
    await expect(approveRequest(decider, { ticketId })).rejects.toMatchObject({ code: "CLUSTER_REJECTED" });
    expect(await statusOf(ticketId)).toBe("PENDING");
    const records = { action: "approval.validation_failed", resourceId: ticketId };
    expect(await db().auditLog.count({ where: records })).toBe(1);
  });

  test("while the cluster cannot be reached, it can be asked for and not approved", async () => {
    const vm = await running();
    lab.control.faults.set({ status: 503, path: `virtualmachines/${vm.name}` });
    try {
      const preview = await previewModification(requester, { vmId: vm.vmId, reason: "", memoryGi: 8 });
      expect(preview).toMatchObject({ rows: [], check: { result: "not_checked" }, readAt: null });
      const ticketId = await change(vm, { memoryGi: 8 });
      await expect(approveRequest(decider, { ticketId })).rejects.toMatchObject({
        code: "CLUSTER_UNAVAILABLE",
      });
    } finally {
      lab.control.faults.clear();
    }
  });

  test("that changes nothing, leaves the size, or is no business of the asker", async () => {
    const vm = await running();
    await expect(change(vm, { cpuCores: 2 })).rejects.toMatchObject({
      fields: [{ field: "vmId", code: "unchanged" }],
    });
    await expect(change(vm, { memoryGi: 32 })).rejects.toMatchObject({
      fields: [{ field: "memoryGi", code: "too_large", params: { maximum: 16 } }],
    });
    const stranger = await aPerson("role-development-engineer");
    await expect(
      requestModification(stranger, { vmId: vm.vmId, reason: "Mine", cpuCores: 4 }),
    ).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  });

  test("an approver may give less, with a reason", async () => {
    const vm = await running();
    const ticketId = await change(vm, { memoryGi: 12 });
    await expect(approveRequest(decider, { ticketId, memoryLimitGi: 8 })).rejects.toMatchObject({
      fields: [{ field: "modificationReason", code: "required" }],
    });
    await approveRequest(decider, { ticketId, memoryLimitGi: 8, modificationReason: "Eight is enough" });
    await ended(ticketId);
    expect(domainIn(machine(vm), "memory", "guest")).toBe("8Gi");
    const { rows } = await readThreeWay(requester, ticketId);
    expect(rows).toMatchObject([
      { path: "memoryGi", asked: 12, changed: 8, live: 8, isChanged: true, isDrifted: false },
    ]);
  });
});

describe("between the approval and its execution", () => {
  test("what somebody has changed by hand is not overwritten", async () => {
    const vm = await running();
    const ticketId = await change(vm, { memoryGi: 8 });
    const held = await approveHeld(decider, ticketId);
    editDomain(vm, (domain) => ({ ...domain, memory: { guest: "6Gi" } }));
    lab.control.clearLedger();
    await held.release();
    await ended(ticketId);
    const ticket = await ticketOf(ticketId);
    expect(ticket.status).toBe("FAILED");
    expect(ticket.lastError).toMatchObject({ code: "SPEC_CHANGED" });
    expect(patchesOf(vm.name)).toEqual([]);
    expect(domainIn(machine(vm), "memory", "guest")).toBe("6Gi");
    expect(await vmOf(vm.vmId)).toMatchObject({ activeEventId: null, status: "RUNNING" });
  });

  test("a change of anything else does not stand in the way", async () => {
    const vm = await running();
    const ticketId = await change(vm, { memoryGi: 8 });
    const held = await approveHeld(decider, ticketId);
    lab.control.edit("vm", vm.namespace, vm.name, (live) => ({
      ...live,
      metadata: { ...live.metadata, annotations: { ...live.metadata.annotations, note: "seen" } },
    }));
    await held.release();
    await ended(ticketId);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
  });

  test("an answer that is lost changes nothing a second time", async () => {
    const vm = await running();
    const ticketId = await change(vm, { memoryGi: 8 });
    const held = await approveHeld(decider, ticketId);
    lab.control.clearLedger();
    lab.control.faults.set({
      dropAnswer: true,
      method: "PATCH",
      path: `virtualmachines/${vm.name}`,
      times: 1,
    });
    await held.release();
    await ended(ticketId);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
    expect(patchesOf(vm.name)).toHaveLength(1);
    const { revision } = (await listRevisions(requester, vm.vmId))[0] ?? { revision: 0 };
    expect(revision).toBe(2);
    expect(await db().auditLog.count({ where: { action: "vm.modify", resourceId: vm.vmId } })).toBe(1);
  });
});

describe("what a machine has been", () => {
  test("is kept by revision, compared, and had again as far as there is a way", async () => {
    const vm = await running();
    await approved(vm, { cpuCores: 3, diskGb: 30 });
    const revisions = await listRevisions(requester, vm.vmId);
    expect(revisions.map(({ revision, kind }) => [revision, kind])).toEqual([
      [2, "modified"],
      [1, "created"],
    ]);
    expect(await compareRevisions(requester, { vmId: vm.vmId, from: 1, to: 2 })).toEqual(
      expect.arrayContaining([
        { field: "cpuCores", before: 2, after: 3 },
        { field: "diskGb", before: 20, after: 30 },
      ]),
    );
    const preview = await previewModification(requester, { vmId: vm.vmId, reason: "", rollbackTo: 1 });
    expect(preview.unreachable).toEqual([{ field: "diskGb", wanted: 20, reason: "disk_shrinks" }]);
    const back = await approved(vm, { rollbackTo: 1 });
    expect(back.status).toBe("SUCCESS");
    expect(Number((await vmOf(vm.vmId)).cpuCores)).toBe(2);
    expect((await vmOf(vm.vmId)).diskGb).toBe(30);
    const threeWay = await readThreeWay(requester, back.id);
    expect(threeWay.rows.find(({ path }) => path === "cpuCores")).toMatchObject({
      asked: 2,
      changed: 2,
      live: 2,
    });
  });
});

describe("what somebody changes in the cluster", () => {
  test("is seen, taken as wanted, or asked to be put back", async () => {
    const vm = await running();
    await compareSpecs({ clusterId });
    expect((await readLiveSpec(requester, vm.vmId))?.drift).toBeNull();
    editDomain(vm, (domain) => ({ ...domain, memory: { guest: "5Gi" } }));
    await compareSpecs({ clusterId });
    expect((await readLiveSpec(requester, vm.vmId))?.drift).toEqual([
      { field: "memoryGi", wanted: 4, live: 5 },
    ]);
    const back = await approved(vm, { putBack: true });
    expect(back.status).toBe("SUCCESS");
    expect(domainIn(machine(vm), "memory", "guest")).toBe("4Gi");
    await compareSpecs({ clusterId });
    expect((await readLiveSpec(requester, vm.vmId))?.drift).toBeNull();

    editDomain(vm, (domain) => ({ ...domain, memory: { guest: "6Gi" } }));
    await compareSpecs({ clusterId });
    await acceptDrift(requester, { vmId: vm.vmId, reason: "It needs that" });
    expect((await readLiveSpec(requester, vm.vmId))?.drift).toBeNull();
    expect(Number((await vmOf(vm.vmId)).memoryGi)).toBe(6);
    expect((await listRevisions(requester, vm.vmId))[0]).toMatchObject({ kind: "accepted" });
    await compareSpecs({ clusterId });
    expect((await readLiveSpec(requester, vm.vmId))?.drift).toBeNull();
  });
});
