import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { machineManifest } from "@/e2e/lab/kubevirt/lab-client";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { approveRequest } from "@/lib/requests/approve-request";
import { deleteVm } from "@/lib/requests/delete-vm";
import { requestVm } from "@/lib/requests/request-vm";
import { stopVm } from "@/lib/requests/stop-vm";
import { adoptVm } from "./adopt-vm";
import { listAdoptions, readAdoption } from "./queries";
import { rejectAdoption } from "./reject-adoption";
import { reopenAdoption } from "./reopen-adoption";
import { adoptionFilter } from "./schema";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let clusterId: string;
let admin: Context;
let owner: Context;
let service: { id: string; name: string; systemId: string };
let systemName: string;
let namespace: string;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  admin = await anAdministrator();
  owner = await aPerson("role-development-engineer");
  service = await aService(owner);
  systemName = (await db().system.findUniqueOrThrow({ where: { id: service.systemId } })).name;
  namespace = (await aNamespace()).name;
  const registered = await registerCluster(platformContext("test"), {
    name: `lab-${newId().slice(-6)}`,
    displayName: "Lab",
    environment: "test",
    kubeconfig: lab.kubeconfig,
    schedulingWeight: 100,
  });
  clusterId = registered.id;
  await vi.waitFor(
    () => db().cluster.findFirstOrThrow({ where: { id: clusterId, status: "HEALTHY" } }),
    10_000,
  );
  await vi.waitFor(
    () => db().clusterReflector.findFirstOrThrow({ where: { clusterId, kind: "vm", connected: true } }),
    10_000,
  );
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

interface Sown {
  name?: string;
  labels?: Record<string, string>;
  in?: string;
  template?: Parameters<typeof machineManifest>[1];
}

/** Somebody else's machine in the cluster, as kubectl would make it. */
function sow({
  name = `found-${newId().slice(-8)}`,
  labels = {},
  in: place = namespace,
  template,
}: Sown = {}) {
  const exists = lab.control.objects("Namespace").some(({ metadata }) => metadata.name === place);
  if (!exists) lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: place } });
  const prefixed = Object.entries({
    "managed-by": "kubevirt-shepherd",
    system: systemName,
    service: service.name,
    "service-id": newId(),
    instance: "07",
    ...labels,
  }).map(([key, value]) => [`kubevirt-shepherd.io/${key}`, value]);
  const { spec } = machineManifest(name, template);
  return lab.control.put({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace: place, labels: Object.fromEntries(prefixed) },
    ...{ spec: spec ?? {} },
  });
}

async function pendingFor(uid: string | undefined) {
  const row = await vi.waitFor(async () => {
    const one = await db().pendingAdoption.findFirstOrThrow({ where: { k8sUid: uid ?? "" } });
    if (one.resourceSpec === null) throw new Error("not read yet");
    return one;
  }, 10_000);
  return row.id;
}

async function pending(over: Sown = {}) {
  const object = sow(over);
  return { id: await pendingFor(object.metadata.uid), name: object.metadata.name, uid: object.metadata.uid };
}

const statusOf = async (id: string) =>
  (await db().pendingAdoption.findUniqueOrThrow({ where: { id } })).status;

describe("a labelled machine without a row", () => {
  test("waits for a decision with its manifest, its secrets cut out", async () => {
    const userData = "#cloud-config\npassword: hunter2-hunter2\n";
    const { id, name } = await pending({
      template: {
        template: { volumes: [{ name: "cloudinit", cloudInitNoCloud: { userData } }] },
        domain: { devices: { disks: [{ name: "cloudinit", disk: { bus: "virtio" } }] } },
      },
    });

    const found = await readAdoption(admin, id);
    expect(found).toMatchObject({
      status: "PENDING",
      kind: "foreign",
      resourceName: name,
      systemName,
      serviceName: service.name,
      serviceId: service.id,
      obstacle: null,
      followsNameRule: false,
      machine: { cpuCores: 2, memoryGi: 1, managers: expect.arrayContaining(["kubectl-edit"]) },
    });
    expect(found.yaml).toContain("userData");
    expect(JSON.stringify(found)).not.toContain("hunter2");
    const row = await db().pendingAdoption.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain("hunter2");
  });

  test("is ours and unrecorded when its ticket is", async () => {
    const ticket = await aTicket();
    const { id } = await pending({ labels: { "ticket-id": ticket } });
    expect((await readAdoption(admin, id)).kind).toBe("unrecorded");
  });

  test("of no System of ours, or without our labels, is left alone", async () => {
    const strange = sow({ labels: { system: "nowhere" } });
    const bare = sow({ labels: { "managed-by": "somebody-else" } });
    await pending();
    const uids = [strange.metadata.uid, bare.metadata.uid].flatMap((uid) => uid ?? []);
    expect(await db().pendingAdoption.count({ where: { k8sUid: { in: uids } } })).toBe(0);
  });

  test("stops waiting when it is gone from the cluster", async () => {
    const { id, name } = await pending();
    lab.control.remove("VirtualMachine", namespace, name);
    await expect.poll(() => statusOf(id), { timeout: 10_000 }).toBe("GONE");
  });

  test("is shown to platform administrators alone", async () => {
    const { id } = await pending();
    await expect(readAdoption(owner, id)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    await expect(listAdoptions(owner, adoptionFilter.parse({}))).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    const listed = await listAdoptions(admin, adoptionFilter.parse({ status: "PENDING", clusterId }));
    expect(listed.items.map((row) => row.id)).toContain(id);
  });
});

describe("adopting", () => {
  test("twenty at once make one machine, with its event, its record and word to the owner", async () => {
    const { id, name, uid } = await pending();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => adoptVm(admin, { adoptionId: id, serviceId: service.id })),
    );
    const won = tries.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    const lost = tries.flatMap((one) => (one.status === "rejected" ? [String(one.reason.code)] : []));
    expect(new Set(lost)).toEqual(new Set(["INVALID_STATE"]));

    const vm = await db().vm.findFirstOrThrow({ where: { namespace, name } });
    expect(vm).toMatchObject({
      ...{
        origin: "adopted",
        serviceId: service.id,
        k8sUid: uid,
        clusterId,
        templateId: null,
        ticketId: null,
      },
      ...{ hostname: name, instance: "07" },
    });
    expect(await statusOf(id)).toBe("ADOPTED");
    expect(await db().auditLog.count({ where: { action: "vm.adopt", resourceId: vm.id } })).toBe(1);
    expect(await db().domainEvent.count({ where: { eventType: "VM_ADOPTED", aggregateId: vm.id } })).toBe(1);
    const told = { recipientId: owner.actor.kind === "person" ? owner.actor.id : "", resourceId: vm.id };
    expect(await db().notification.count({ where: told })).toBe(1);
    await expect
      .poll(() => db().vm.findUniqueOrThrow({ where: { id: vm.id }, select: { status: true, node: true } }), {
        timeout: 15_000,
      })
      .toEqual({ status: "RUNNING", node: expect.stringMatching(/^node-/) });
  });

  test("writes nothing in the cluster, and the machine stops and is deleted like any other", async () => {
    const { id, name } = await pending();
    const before = JSON.stringify(specOf(name));
    const vm = await adoptVm(admin, { adoptionId: id, serviceId: service.id });
    expect(JSON.stringify(specOf(name))).toBe(before);
    const { status } = await db().vm.findUniqueOrThrow({ where: { id: vm.id } });
    expect(["RUNNING", "STARTING", "UNKNOWN"]).toContain(status);

    const vmStatus = async () => (await db().vm.findUnique({ where: { id: vm.id } }))?.status ?? "removed";
    await expect.poll(vmStatus, { timeout: 10_000 }).toBe("RUNNING");
    await stopVm(owner, { vmId: vm.id, reason: "" });
    await expect.poll(vmStatus, { timeout: 15_000 }).toBe("STOPPED");
    const removal = await deleteVm(owner, { vmId: vm.id, reason: "done", confirm: true });
    await approveRequest(await aPerson("role-approval-admin"), { ticketId: removal.ticketId });
    await expect.poll(vmStatus, { timeout: 15_000 }).toBe("removed");
    expect(specOf(name)).toBeUndefined();
  });

  test("into another Service takes the next free number", async () => {
    const other = await aService(owner);
    const first = await adoptVm(admin, { adoptionId: (await pending()).id, serviceId: other.id });
    const second = await adoptVm(admin, { adoptionId: (await pending()).id, serviceId: other.id });
    const rows = await db().vm.findMany({
      where: { id: { in: [first.id, second.id] } },
      orderBy: { instance: "asc" },
      select: { instance: true, serviceId: true },
    });
    expect(rows).toEqual([
      { instance: "07", serviceId: other.id },
      { instance: "08", serviceId: other.id },
    ]);
  });

  test("needs a namespace of the registry, of the cluster's environment, and a free name", async () => {
    const unregistered = await pending({ in: `wild-${newId().slice(-8)}` });
    expect((await readAdoption(admin, unregistered.id)).obstacle).toMatchObject({
      code: "namespace_unregistered",
      environment: "test",
      registrable: true,
    });
    await expect(
      adoptVm(admin, { adoptionId: unregistered.id, serviceId: service.id }),
    ).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "namespace", code: "namespace_unregistered" }],
    });

    const prod = await aNamespace({ environment: "prod" });
    const elsewhere = await pending({ in: prod.name });
    await expect(adoptVm(admin, { adoptionId: elsewhere.id, serviceId: service.id })).rejects.toMatchObject({
      code: "ENVIRONMENT_MISMATCH",
    });

    const another = await aCluster();
    const { name } = await aVm({ clusterId: another.id, namespace });
    const taken = await pending({ name });
    await expect(adoptVm(admin, { adoptionId: taken.id, serviceId: service.id })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
  });

  test("is refused to everybody else, and nothing is written", async () => {
    const { id, name } = await pending();
    await expect(adoptVm(owner, { adoptionId: id, serviceId: service.id })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    expect(await db().vm.count({ where: { namespace, name } })).toBe(0);
    expect(await statusOf(id)).toBe("PENDING");
  });
});

describe("rejecting", () => {
  test("leaves the machine where it is, with a reason, until somebody reopens it", async () => {
    const { id, name } = await pending();
    await rejectAdoption(admin, { adoptionId: id, reason: "Belongs to the other portal" });
    expect(await readAdoption(admin, id)).toMatchObject({
      status: "REJECTED",
      reason: "Belongs to the other portal",
    });
    expect(specOf(name)).toBeDefined();
    await expect(adoptVm(admin, { adoptionId: id, serviceId: service.id })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });

    await reopenAdoption(admin, { adoptionId: id });
    expect(await statusOf(id)).toBe("PENDING");
    const actions = await db().auditLog.findMany({ where: { resourceId: id }, select: { action: true } });
    expect(actions.map(({ action }) => action).sort()).toEqual(["vm.adoption_reject", "vm.adoption_reopen"]);
  });
});

function specOf(name: string) {
  return lab.control.objects("VirtualMachine").find(({ metadata }) => metadata.name === name)?.spec;
}

async function aTicket(): Promise<string> {
  return (await requestVm(owner, await aVmWish(owner))).ticketId;
}
