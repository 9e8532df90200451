import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { callLab } from "@/e2e/lab/kubevirt/lab-client";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { startWorker } from "@/lib/processes/start-worker";
import { readSize } from "../queries";
import { importInstancetypes } from "./import-instancetypes";
import { mapInstancetype } from "./map-instancetype";
import { mapPreference } from "./map-preference";
import { previewInstancetypes } from "./preview-instancetypes";
import type { InstancetypeObject } from "./schema";

const domain = "spec.template.spec.domain";

const type = (spec: InstancetypeObject["spec"], key = "u1.large"): InstancetypeObject => ({
  kind: "VirtualMachineClusterInstancetype",
  key,
  name: key,
  displayName: key,
  spec,
});
const preference = (spec: InstancetypeObject["spec"]): InstancetypeObject => ({
  ...type(spec, "fedora"),
  kind: "VirtualMachineClusterPreference",
});

describe("an instance type as a size", () => {
  test("every field becomes a member or an override, or is said to be neither", () => {
    const { size, unmapped } = mapInstancetype(
      type({
        cpu: { guest: 4, dedicatedCPUPlacement: true, isolateEmulatorThread: true, model: "host-model" },
        memory: { guest: "8Gi", hugepages: { pageSize: "1Gi" }, maxGuest: "16Gi" },
        gpus: [
          { name: "a", deviceName: "nvidia.com/T4" },
          { name: "b", deviceName: "nvidia.com/T4", tag: "x" },
        ],
        ioThreadsPolicy: "auto",
        nodeSelector: { pool: "gold" },
        hostDevices: [],
        annotations: { a: "b" },
        somethingNew: 1,
      }),
    );

    expect(size).toMatchObject({
      name: "u1.large",
      cpuCores: 4,
      memoryGi: 8,
      dedicatedCpu: true,
      hugepagesSize: "1Gi",
      gpuDevices: [{ name: "nvidia.com/T4", count: 2 }],
      catalogScope: "unclassified",
      specOverrides: {
        [`${domain}.cpu.isolateEmulatorThread`]: true,
        [`${domain}.cpu.model`]: "host-model",
        [`${domain}.memory.maxGuest`]: "16Gi",
        [`${domain}.ioThreadsPolicy`]: "auto",
      },
    });
    expect(unmapped.map(({ path, reason }) => [path, reason])).toEqual([
      ["gpus[1].tag", "not_rendered"],
      ["nodeSelector", "forbidden"],
      ["hostDevices", "forbidden"],
      ["annotations", "not_rendered"],
      ["somethingNew", "not_rendered"],
    ]);
  });

  test("memory is rounded up to half gibibytes, and overcommitted memory is asked for in part", () => {
    const { size, unmapped } = mapInstancetype(
      type({ cpu: { guest: 1 }, memory: { guest: "2304Mi", overcommitPercent: 50 } }),
    );

    expect(size).toMatchObject({ memoryGi: 2.5, memoryRequestGi: 1.5 });
    expect(unmapped).toMatchObject([
      { path: "memory.guest", reason: "rounded", params: { from: 2.25, to: 2.5 } },
      { path: "memory.overcommitPercent", reason: "rounded", params: { from: 1.125, to: 1.5 } },
    ]);
  });

  test.for<[string, InstancetypeObject["spec"]]>([
    ["no processor", { memory: { guest: "1Gi" } }],
    ["no memory", { cpu: { guest: 1 } }],
    ["text for a number", { cpu: { guest: "four" }, memory: { guest: "1Gi" } }],
    ["more than any machine", { cpu: { guest: 100_000 }, memory: { guest: "1Gi" } }],
    ["a device without a name", { cpu: { guest: 1 }, memory: { guest: "lots" }, gpus: [{}] }],
  ])("with %s it is no size, and says why", ([, spec]) => {
    const { size, unmapped } = mapInstancetype(type(spec));

    expect(size).toBeNull();
    expect(unmapped.some(({ reason }) => reason === "invalid")).toBe(true);
  });
});

describe("a preference as overrides", () => {
  test("hints become overrides, requirements and the rest are said", () => {
    const { specOverrides, unmapped } = mapPreference(
      preference({
        cpu: { preferredCPUTopology: "preferSockets" },
        devices: { preferredDiskBus: "sata", preferredInterfaceModel: "e1000e", preferredRng: {} },
        firmware: { preferredUseEfi: true, preferredUseSecureBoot: true },
        machine: { preferredMachineType: "pc-q35-rhel9.4.0" },
        requirements: { cpu: { guest: 2 } },
        preferredSubdomain: "payroll",
      }),
      4,
    );

    expect(specOverrides).toMatchObject({
      [`${domain}.cpu.cores`]: 1,
      [`${domain}.cpu.sockets`]: 4,
      [`${domain}.devices.rng`]: {},
      [`${domain}.firmware.bootloader.efi.secureBoot`]: true,
      [`${domain}.features.smm.enabled`]: true,
      [`${domain}.machine.type`]: "pc-q35-rhel9.4.0",
    });
    expect(unmapped.map(({ path, reason }) => [path, reason])).toEqual([
      ["devices.preferredDiskBus", "not_rendered"],
      ["requirements", "requirement_only"],
      ["preferredSubdomain", "forbidden"],
    ]);
  });
});

describe("a cluster's instance types", () => {
  let lab: KubevirtLab;
  let worker: { stop: () => Promise<void> };
  let clusterId: string;
  let administrator: Context;
  const api = "/apis/instancetype.kubevirt.io/v1beta1";

  async function install(kind: string, path: string, name: string, spec: object) {
    const body = JSON.stringify({
      apiVersion: "instancetype.kubevirt.io/v1beta1",
      kind,
      metadata: { name },
      spec,
    });
    const { code, text } = await callLab(lab, "POST", `${api}/${path}`, { body });
    if (code !== 201) throw new Error(text);
  }

  beforeAll(async () => {
    lab = await startKubevirtLab({ clockSpeed: 20 });
    worker = await startWorker();
    administrator = await anAdministrator();
    clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
    const cluster = "virtualmachineclusterinstancetypes";
    await install("VirtualMachineClusterInstancetype", cluster, "test.medium", {
      cpu: { guest: 2, model: "host-model" },
      memory: { guest: "4Gi" },
    });
    await install("VirtualMachineClusterInstancetype", cluster, "test.gold", {
      cpu: { guest: 2 },
      memory: { guest: "4Gi" },
      nodeSelector: { pool: "gold" },
    });
    await install("VirtualMachineInstancetype", "namespaces/default/virtualmachineinstancetypes", "own", {
      cpu: { guest: 1 },
      memory: { guest: "1Gi" },
    });
    await install("VirtualMachineClusterPreference", "virtualmachineclusterpreferences", "test.sockets", {
      cpu: { preferredCPUTopology: "sockets" },
    });
  });

  afterAll(async () => {
    await worker.stop();
    closeClusterConnections();
    await lab.stop();
  });

  test("are read by a worker and proposed as sizes that can be saved", async () => {
    const preview = await previewInstancetypes(administrator, { clusterId });

    expect(preview.supported).toBe(true);
    const proposed = (key: string) => preview.sizes.find((one) => one.key === key);
    expect(proposed("test.medium")).toMatchObject({
      exists: false,
      unmapped: [],
      size: { cpuCores: 2, memoryGi: 4 },
    });
    expect(proposed("test.gold")?.unmapped).toMatchObject([{ path: "nodeSelector", reason: "forbidden" }]);
    expect(proposed("default/own")).toMatchObject({ size: { name: "default-own", cpuCores: 1 } });
    expect(preview.preferences.map(({ key }) => key)).toContain("test.sockets");
  });

  test("are imported once, unclassified, with a record each", async () => {
    const names = ["test.medium", "default/own", "nowhere"];
    const first = await importInstancetypes(administrator, { clusterId, names, preference: "test.sockets" });
    const second = await importInstancetypes(administrator, { clusterId, names });

    expect(first.created.map(({ key }) => key).toSorted()).toEqual(["default/own", "test.medium"]);
    expect(first.skipped).toEqual([{ key: "nowhere", reason: "absent" }]);
    expect(second.created).toEqual([]);
    expect(second.skipped.map(({ reason }) => reason).toSorted()).toEqual(["absent", "exists", "exists"]);
    const size = await readSize(administrator, { name: "test.medium" });
    expect(size).toMatchObject({
      catalogScope: "unclassified",
      specOverrides: { [`${domain}.cpu.sockets`]: 2, [`${domain}.cpu.model`]: "host-model" },
      history: [{ action: "instance_size.import", version: 1 }],
    });
  });

  test("of a cluster that cannot be reached are told so, and nothing is written", async () => {
    const before = await db().instanceSize.count();
    const away = await aCluster();

    await expect(
      importInstancetypes(administrator, { clusterId: away.id, names: ["test.gold"] }),
    ).rejects.toMatchObject({ code: "CLUSTER_UNAVAILABLE" });
    expect(await db().instanceSize.count()).toBe(before);
  });

  test("take the permissions of sizes", async () => {
    const developer = await aPerson("role-development-engineer");

    await expect(previewInstancetypes(developer, { clusterId })).rejects.toMatchObject({
      params: { permission: "instance_size:read" },
    });
    await expect(importInstancetypes(developer, { clusterId, names: ["test.gold"] })).rejects.toMatchObject({
      params: { permission: "instance_size:write" },
    });
  });
});
