import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../json";
import { objectsAt, textAt } from "../json";
import { callLab, machineManifest, machinesPath } from "../lab-client";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

async function refusalOf(
  manifest: JsonObject,
): Promise<{ code: number; message: string; fields: unknown[] }> {
  const answer = await callLab(lab, "POST", `${machinesPath}?dryRun=All`, { body: manifest });
  const fields = objectsAt(answer.body, "details", "causes").map((cause) => cause["field"]);
  return { code: answer.code, message: textAt(answer.body, "message") ?? "", fields };
}

const prefix = 'admission webhook "virtualmachine-validator.kubevirt.io" denied the request: ';

test("a new machine gets its architecture, machine type, firmware and topology annotation", async () => {
  const { body } = await callLab(lab, "POST", `${machinesPath}?dryRun=All`, {
    body: machineManifest("filled"),
  });
  const template = ["spec", "template"];
  expect(textAt(body, ...template, "spec", "architecture")).toBe("amd64");
  expect(textAt(body, ...template, "spec", "domain", "machine", "type")).toBe("q35");
  expect(textAt(body, ...template, "spec", "domain", "firmware", "uuid")).toMatch(/^[0-9a-f-]{36}$/);
  expect(textAt(body, ...template, "metadata", "annotations", "kubevirt.io/pci-topology-version")).toBe("v3");
});

test("the running state must be said once, in words that exist", async () => {
  const spec = (change: JsonObject) => machineManifest("state", { spec: change });
  const none = machineManifest("state");
  expect(
    await refusalOf({
      ...none,
      spec: { template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } } },
    }),
  ).toEqual({
    code: 422,
    message: `${prefix}RunStrategy must be specified`,
    fields: ["spec.running"],
  });
  expect((await refusalOf(spec({ runStrategy: "Maybe" }))).message).toBe(
    `${prefix}Invalid RunStrategy (Maybe)`,
  );
  expect((await refusalOf(spec({ running: true }))).message).toContain(
    "Running and RunStrategy are mutually exclusive",
  );
});

test("disks need a volume and a bus that exists; every cause is listed", async () => {
  const disks = [
    { name: "a", disk: { bus: "virtio" } },
    { name: "b", disk: { bus: "ide" } },
  ];
  const volumes = [{ name: "b", emptyDisk: { capacity: "1Gi" } }];
  const refusal = await refusalOf(
    machineManifest("disks", { domain: { devices: { disks } }, template: { volumes } }),
  );
  expect(refusal.message).toBe(
    `${prefix}spec.template.spec.domain.devices.disks[0].Name 'a' not found., IDE bus is not supported`,
  );
  expect(refusal.fields).toEqual([
    "spec.template.spec.domain.devices.disks[0].name",
    "spec.template.spec.domain.devices.disks[1].disk.bus",
  ]);
});

test("at most ten messages are joined", async () => {
  const disks = Array.from({ length: 13 }, (_, index) => ({ name: `d${index}`, disk: { bus: "virtio" } }));
  const refusal = await refusalOf(machineManifest("many", { domain: { devices: { disks } } }));
  expect(refusal.message.endsWith(", and 3 more validation errors")).toBe(true);
  expect(refusal.fields).toHaveLength(13);
});

test("an instance type excludes sizes in the template", async () => {
  const manifest = machineManifest("typed", { spec: { instancetype: { name: "u1.small" } } });
  expect((await refusalOf(manifest)).message).toContain(
    "VM field(s) spec.template.spec.domain.cpu.cores conflicts with selected instance type",
  );
});

test("memory must be a quantity and fill whole hugepages", async () => {
  const memory = (change: JsonObject) => machineManifest("memory", { domain: { memory: change } });
  expect((await refusalOf(memory({ guest: "much" }))).code).toBe(422);
  expect((await refusalOf(memory({ guest: "1Gi", hugepages: { pageSize: "3Mi" } }))).message).toContain(
    "is not a multiple of the page size",
  );
});

test("a GPU that nobody permits and a claim that is missing pass here", async () => {
  const gpus = [{ name: "gpu", deviceName: "nvidia.com/NOPE" }];
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "missing" } }];
  const disks = [{ name: "data", disk: { bus: "virtio" } }];
  const answer = await callLab(lab, "POST", `${machinesPath}?dryRun=All`, {
    body: machineManifest("passing", { domain: { devices: { gpus, disks } }, template: { volumes } }),
  });
  expect(answer.code).toBe(201);
});

test("the deprecated field is taken with a warning", async () => {
  const manifest = machineManifest("old", {});
  const answer = await callLab(lab, "POST", `${machinesPath}?dryRun=All`, {
    body: {
      ...manifest,
      spec: { running: false, template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } } },
    },
  });
  expect(answer.headers["warning"]).toBe(
    '299 - "spec.running is deprecated, please use spec.runStrategy instead."',
  );
});

const devices = (change: JsonObject) => ({ domain: { devices: change } });
const gib = { guest: "4Gi" };

test.each<[string, { template?: JsonObject; domain?: JsonObject }, string]>([
  [
    "two disks of one name",
    {
      domain: {
        devices: {
          disks: [
            { name: "a", disk: {} },
            { name: "a", disk: {} },
          ],
        },
      },
      template: { volumes: [{ name: "a", emptyDisk: { capacity: "1Gi" } }] },
    },
    "spec.template.spec.domain.devices.disks[1] and spec.template.spec.domain.devices.disks[0] must not have the same Name.",
  ],
  [
    "a CD on virtio",
    devices({ disks: [{ name: "cd", cdrom: { bus: "virtio" } }] }),
    "Bus type virtio is invalid for CD-ROM device",
  ],
  [
    "a bus nobody makes",
    {
      ...devices({ disks: [{ name: "a", disk: { bus: "nvme" } }] }),
      template: { volumes: [{ name: "a", emptyDisk: { capacity: "1Gi" } }] },
    },
    "is set with an unrecognized bus nvme, must be one of: [virtio scsi sata usb]",
  ],
  [
    "a share of an exclusive processor",
    {
      domain: {
        cpu: { cores: 2, dedicatedCpuPlacement: true },
        memory: gib,
        resources: { limits: { cpu: "1500m" } },
      },
    },
    "provided resources CPU limits must be an interger",
  ],
  [
    "another number of exclusive processors than of virtual ones",
    {
      domain: {
        cpu: { cores: 2, dedicatedCpuPlacement: true },
        memory: gib,
        resources: { requests: { cpu: "3" } },
      },
    },
    "must not be provided at the same time with spec.template.spec.domain.cpu.cores when DedicatedCPUPlacement is true",
  ],
  [
    "more requested than allowed",
    { domain: { memory: gib, resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } } },
    "spec.template.spec.domain.resources.requests.cpu '2' is greater than spec.template.spec.domain.resources.limits.cpu '1'",
  ],
  [
    "a request that is no whole number of pages",
    {
      domain: {
        memory: { guest: "4Gi", hugepages: { pageSize: "1Gi" } },
        resources: { requests: { memory: "2560Mi" } },
      },
    },
    "'2560Mi' is not a multiple of the page size spec.template.spec.domain.hugepages.size '1Gi'",
  ],
  [
    "NUMA without pages and processors of its own",
    { domain: { cpu: { cores: 2, numa: { guestMappingPassthrough: {} } }, memory: gib } },
    "spec.template.spec.domain.cpu.dedicatedCpuPlacement must be set to true when NUMA topology strategy is set",
  ],
  [
    "an interface without a network",
    devices({ interfaces: [{ name: "fast", sriov: {} }] }),
    "spec.template.spec.domain.devices.interfaces[0].name 'fast' not found.",
  ],
  [
    "a network without a name in the cluster",
    {
      ...devices({ interfaces: [{ name: "fast", sriov: {} }] }),
      template: { networks: [{ name: "fast", multus: { networkName: "" } }] },
    },
    "CNI delegating plugin must have a networkName",
  ],
  [
    "masquerade on another network",
    {
      ...devices({ interfaces: [{ name: "fast", masquerade: {} }] }),
      template: { networks: [{ name: "fast", multus: { networkName: "default/vlan-100" } }] },
    },
    "Masquerade interface only implemented with pod network",
  ],
  [
    "cloud-init that says too much",
    {
      ...devices({ disks: [{ name: "ci", disk: {} }] }),
      template: { volumes: [{ name: "ci", cloudInitNoCloud: { userData: "x".repeat(2049) } }] },
    },
    "userdata exceeds 2048 byte limit. Should use UserDataSecretRef for larger data.",
  ],
  [
    "cloud-init that says nothing",
    {
      ...devices({ disks: [{ name: "ci", disk: {} }] }),
      template: { volumes: [{ name: "ci", cloudInitNoCloud: {} }] },
    },
    "must have at least one userdatasource or one networkdatasource set.",
  ],
  [
    "a file of the node",
    {
      ...devices({ disks: [{ name: "host", disk: {} }] }),
      template: { volumes: [{ name: "host", hostDisk: { path: "/etc/x.img", type: "Disk" } }] },
    },
    "HostDisk feature gate is not enabled",
  ],
  ["a GPU without a name", devices({ gpus: [{ name: "gpu1" }] }), "without deviceName or claimRequest"],
  [
    "a machine of another make",
    { domain: { machine: { type: "pc-i440fx" }, memory: gib } },
    "is not supported",
  ],
  [
    "secure boot without SMM",
    { domain: { firmware: { bootloader: { efi: {} } }, memory: gib } },
    "SecureBoot requires SMM, which is currently disabled.",
  ],
  [
    "one boot order twice",
    {
      ...devices({
        disks: [
          { name: "a", disk: {}, bootOrder: 1 },
          { name: "b", disk: {}, bootOrder: 1 },
        ],
      }),
      template: {
        volumes: [
          { name: "a", emptyDisk: { capacity: "1Gi" } },
          { name: "b", emptyDisk: { capacity: "1Gi" } },
        ],
      },
    },
    "already set for a different device.",
  ],
])("KubeVirt refuses %s", async (_, change, words) => {
  const refusal = await refusalOf(machineManifest("refused", change));
  expect(refusal.code).toBe(422);
  expect(refusal.message).toContain(words);
});

test("an instance type must exist", async () => {
  const { spec, ...rest } = machineManifest("typed");
  const template = { spec: { domain: { devices: {} } } };
  const named = (name: string) => ({
    ...rest,
    spec: { runStrategy: "Halted", instancetype: { name }, template },
  });
  expect(spec).toBeDefined();
  expect((await refusalOf(named("u9.huge"))).message).toBe(
    `${prefix}Failure to find instancetype: virtualmachineclusterinstancetypes.instancetype.kubevirt.io "u9.huge" not found`,
  );
  const answer = await callLab(lab, "POST", `${machinesPath}?dryRun=All`, { body: named("u1.small") });
  expect(answer.code).toBe(201);
});
