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
