import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { machineManifest } from "@/e2e/lab/kubevirt/lab-client";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { actorId, platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { hashOf, newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { importVms } from "./import-vms";
import { previewImport } from "./preview-import";
import { listImports, listMachines } from "./queries";
import type { ImportVms, PlannedImport } from "./schema";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let clusterId: string;
let admin: Context;
let owner: Context;
let service: { id: string; name: string; systemId: string };
let namespace: string;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  admin = await anAdministrator();
  owner = await aPerson("role-development-engineer");
  service = await aService(owner);
  namespace = (await aNamespace()).name;
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
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
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

const fresh = () => `old-${newId().slice(-8)}`;

/** A machine of somebody with kubectl, running and at rest. */
async function aMachine(change: Parameters<typeof machineManifest>[1] = {}, name = fresh()): Promise<string> {
  const { spec } = machineManifest(name, change);
  lab.control.put({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, labels: { team: "shop" }, annotations: { note: "by hand" } },
    ...{ spec: spec ?? {} },
  });
  await vi.waitFor(() => expect(objectOf(name)?.status?.["printableStatus"]).toBe("Running"), 10_000);
  return name;
}

function objectOf(name: string) {
  return lab.control.objects("VirtualMachine").find(({ metadata }) => metadata.name === name);
}

function preview(...names: string[]) {
  const machines = names.map((name) => ({ namespace, name }));
  return previewImport(admin, { clusterId, serviceId: service.id, machines });
}

async function previewOne(name: string): Promise<PlannedImport> {
  const [machine] = (await preview(name)).machines;
  if (machine === undefined) throw new Error("no preview");
  return machine;
}

function orderOf(...machines: PlannedImport[]): ImportVms {
  return {
    clusterId,
    serviceId: service.id,
    machines: machines.map(({ name, uid, fingerprint, instance }) => ({
      ...{ namespace, name, instance },
      ...{ uid: uid ?? "", fingerprint: fingerprint ?? "" },
    })),
  };
}

async function ended(eventId: string) {
  const event = () => db().domainEvent.findUniqueOrThrow({ where: { id: eventId } });
  await expect.poll(async () => (await event()).status, { timeout: 15_000 }).not.toBe("PROCESSING");
  return event();
}

async function importOne(name: string) {
  const { imports } = await importVms(admin, orderOf(await previewOne(name)));
  return ended(imports[0]?.eventId ?? "");
}

const writesTo = (name: string) =>
  lab.control
    .ledger()
    .filter((call) => call.name === name && call.method === "PATCH" && call.effective && !call.dryRun);

describe("the cluster's other machines", () => {
  test("are listed without the portal's own, by part of a name and page by page", async () => {
    const stem = `page${newId().slice(-6)}`;
    const names = [`${stem}-a`, `${stem}-b`, `${stem}-c`];
    for (const name of names) await aMachine({}, name);
    lab.control.edit("VirtualMachine", namespace, `${stem}-c`, (object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd" } },
    }));

    const first = await listMachines(admin, { clusterId, perPage: 1, q: stem });
    expect(first.items).toMatchObject([
      { name: `${stem}-a`, namespace, printableStatus: "Running", cpuCores: 2, memoryGi: 1, obstacle: null },
    ]);
    const cursor = first.nextCursor ?? "";
    const second = await listMachines(admin, { clusterId, perPage: 1, q: stem, cursor });
    expect(second.items.map(({ name }) => name)).toEqual([`${stem}-b`]);
    expect(second.nextCursor).toBeNull();
    await expect(listMachines(owner, { clusterId, perPage: 1 })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
  });
});

describe("the preview", () => {
  test("shows the very body, tries it, and writes nothing", async () => {
    const name = await aMachine();
    const before = objectOf(name)?.metadata.labels;
    const machine = await previewOne(name);

    expect(machine).toMatchObject({ result: "accepted", refusals: [], before: { team: "shop" } });
    const { name: systemName } = await db().system.findUniqueOrThrow({ where: { id: service.systemId } });
    expect(machine.labels).toEqual({
      "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
      "kubevirt-shepherd.io/system": systemName,
      "kubevirt-shepherd.io/service": service.name,
      "kubevirt-shepherd.io/service-id": service.id,
      "kubevirt-shepherd.io/instance": machine.instance,
      "kubevirt-shepherd.io/created-by": actorId(admin.actor),
    });
    expect(machine.patch).not.toContain("spec");
    expect(objectOf(name)?.metadata.labels).toEqual(before);
    expect(writesTo(name)).toEqual([]);
  });

  test("refuses what the portal would never make, what is owned, gone or labelled already", async () => {
    const hostile = await aMachine({ template: { nodeSelector: { "kubernetes.io/os": "linux" } } });
    expect(await previewOne(hostile)).toMatchObject({
      result: "refused",
      refusals: [
        { code: "forbidden", params: { path: "spec.template.spec.nodeSelector", reason: "placement" } },
      ],
    });
    const owned = await aMachine();
    lab.control.edit("VirtualMachine", namespace, owned, (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        ownerReferences: [
          { apiVersion: "pool.kubevirt.io/v1beta1", kind: "VirtualMachinePool", name: "pool", uid: newId() },
        ],
      },
    }));
    expect((await previewOne(owned)).refusals).toEqual([
      { code: "owned", params: { kind: "VirtualMachinePool", name: "pool" } },
    ]);
    expect((await previewOne("nobody")).refusals).toEqual([{ code: "gone", params: {} }]);
  });

  test("names the volumes that a machine has already, and takes them for no obstacle", async () => {
    const name = fresh();
    const volumes = [
      { name: "data", persistentVolumeClaim: { claimName: "ledger" } },
      { name: "more", dataVolume: { name: "archive" } },
    ];
    const { spec } = machineManifest(name, { template: { volumes }, spec: { runStrategy: "Halted" } });
    const metadata = { name, namespace };
    lab.control.put({ apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", metadata, spec: spec ?? {} });

    const { result, refusals, claims } = await previewOne(name);
    expect([result, refusals]).toEqual(["accepted", []]);
    expect(claims).toEqual(["ledger", "archive"]);
  });

  test("takes what somebody else changed meanwhile for no change of its own, unless it never rests", async () => {
    const changeDuring = async (name: string, times: number) => {
      for (let count = 1; count <= times; count += 1) {
        lab.control.faults.set({
          latencyMs: 300,
          method: "PATCH",
          path: `/virtualmachines/${name}\\?`,
          times: 1,
        });
        await vi.waitFor(() => expect(lab.control.faults.current()).toEqual([]), 5_000);
        lab.control.edit("VirtualMachine", namespace, name, ({ metadata, ...object }) => ({
          ...object,
          metadata: { ...metadata, finalizers: [...(metadata.finalizers ?? []), `example.com/${count}`] },
        }));
      }
    };
    const calm = await aMachine();
    const [once] = await Promise.all([previewOne(calm), changeDuring(calm, 1)]);
    expect([once.result, once.refusals]).toEqual(["accepted", []]);
    const restless = await aMachine();
    const [never] = await Promise.all([previewOne(restless), changeDuring(restless, 3)]);
    expect(never.refusals).toEqual([{ code: "would_change", params: { parts: ["finalizers"] } }]);
  });

  test("quotes the cluster where another manager holds a label", async () => {
    const name = await aMachine();
    lab.control.edit("VirtualMachine", namespace, name, (object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { "kubevirt-shepherd.io/service": "theirs" } },
    }));
    expect((await previewOne(name)).refusals).toMatchObject([{ code: "cluster_conflict" }]);
  });
});

describe("importing", () => {
  test("writes labels and nothing else, under a manager of its own, once", async () => {
    const name = await aMachine();
    const before = objectOf(name);
    const event = await importOne(name);

    expect(event).toMatchObject({ status: "COMPLETED", errorMessage: null });
    const after = objectOf(name);
    expect(hashOf(after?.spec)).toBe(hashOf(before?.spec));
    expect(after?.metadata.generation).toBe(before?.metadata.generation);
    expect(after?.metadata.annotations).toEqual(before?.metadata.annotations);
    expect(after?.metadata.labels).toMatchObject({
      team: "shop",
      "kubevirt-shepherd.io/service-id": service.id,
    });
    const own = after?.metadata.managedFields?.filter(
      ({ manager }) => manager === "kubevirt-shepherd-import",
    );
    expect(own).toHaveLength(1);
    expect(Object.keys(own?.[0]?.fieldsV1 ?? {})).toEqual(["f:metadata"]);
    expect(Object.keys(Object(own?.[0]?.fieldsV1)["f:metadata"])).toEqual(["f:labels"]);
    const others = (entries: typeof own) =>
      entries?.filter(({ manager, subresource }) => {
        // Controllers go on writing the status meanwhile.
        return manager !== "kubevirt-shepherd-import" && subresource !== "status";
      });
    expect(others(after?.metadata.managedFields)).toEqual(others(before?.metadata.managedFields));
    expect(writesTo(name)).toHaveLength(1);

    const vm = await db().vm.findFirstOrThrow({ where: { namespace, name } });
    expect(vm).toMatchObject({
      origin: "imported",
      k8sUid: after?.metadata.uid,
      status: "RUNNING",
      ticketId: null,
    });
    expect(await db().auditLog.count({ where: { action: "vm.import", resourceId: vm.id } })).toBe(1);
    expect(await db().notification.count({ where: { resourceId: vm.id } })).toBe(1);
    expect(await db().pendingAdoption.count({ where: { resourceName: name, status: "PENDING" } })).toBe(0);
    const [latest] = await listImports(admin, clusterId);
    expect(latest).toMatchObject({ name, status: "COMPLETED", vmId: vm.id });
    // Its instance bears no label to watch it by.
    await expect
      .poll(async () => (await db().vm.findUniqueOrThrow({ where: { id: vm.id } })).node, { timeout: 15_000 })
      .toMatch(/^node-/);
  });

  test("several take the numbers that were shown; a number taken meanwhile asks for another look", async () => {
    const names = [await aMachine(), await aMachine()];
    const { machines } = await preview(...names);
    const { imports } = await importVms(admin, orderOf(...machines));
    for (const { eventId } of imports) expect((await ended(eventId)).status).toBe("COMPLETED");
    const rows = await db().vm.findMany({
      where: { name: { in: names } },
      select: { name: true, instance: true },
    });
    expect(new Map(rows.map((row) => [row.name, row.instance]))).toEqual(
      new Map(machines.map((machine) => [machine.name, machine.instance])),
    );

    const late = await previewOne(await aMachine());
    await db().service.update({ where: { id: service.id }, data: { nextInstanceIndex: { increment: 1 } } });
    await expect(importVms(admin, orderOf(late))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("twice at once is one import", async () => {
    const name = await aMachine();
    const machine = await previewOne(name);
    const second = { ...machine, instance: String(Number(machine.instance) + 1).padStart(2, "0") };
    const tries = await Promise.allSettled([
      importVms(admin, orderOf(machine)),
      importVms(admin, orderOf(second)),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect.poll(() => db().vm.count({ where: { namespace, name } }), { timeout: 10_000 }).toBe(1);
    expect(writesTo(name)).toHaveLength(1);
  });

  test("leaves a machine alone that has changed since it was shown, and says so", async () => {
    const name = await aMachine();
    const machine = await previewOne(name);
    lab.control.edit("VirtualMachine", namespace, name, (object) => ({
      ...object,
      spec: { ...object.spec, runStrategy: "Manual" },
    }));
    const { imports } = await importVms(admin, orderOf(machine));
    const event = await ended(imports[0]?.eventId ?? "");
    expect(event.status).toBe("FAILED");
    expect(event.errorMessage).toContain("CONFLICT");
    expect(writesTo(name)).toEqual([]);
    expect(await db().vm.count({ where: { namespace, name } })).toBe(0);
    expect(
      await db().auditLog.count({ where: { action: "vm.import", resourceName: name, outcome: "failure" } }),
    ).toBe(1);
  });

  test("is refused to everybody but platform administrators", async () => {
    const machine = await previewOne(await aMachine());
    await expect(importVms(owner, orderOf(machine))).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    await expect(
      previewImport(owner, { clusterId, serviceId: service.id, machines: [{ namespace, name: "x" }] }),
    ).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });
});
