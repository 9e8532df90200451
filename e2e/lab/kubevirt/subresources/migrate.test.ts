import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../json";
import { objectsAt, textAt } from "../json";
import { actionsPath, applyMachine, callLab, machineManifest, until, waitForStatus } from "../lab-client";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

const act = (name: string, action: string, body?: JsonObject) =>
  callLab(lab, "PUT", `${actionsPath}/virtualmachines/${name}/${action}`, body ? { body } : {});
const instance = (name: string) => lab.control.objects("vmi").find((one) => one.metadata.name === name);
const volumeIn = (name: string, volume: string) =>
  objectsAt(instance(name)?.status, "volumeStatus").find((status) => status["name"] === volume);

async function run(name: string, domain: JsonObject = {}): Promise<void> {
  await applyMachine(lab, machineManifest(name, { domain }));
  await waitForStatus(lab, name, "Running");
}

test("a migration moves the instance to another node, one at a time", async () => {
  await run("moving");
  const source = textAt(instance("moving")?.status, "nodeName");
  expect((await act("moving", "migrate")).code).toBe(202);
  const second = await act("moving", "migrate");
  expect(second).toMatchObject({ code: 500, body: { reason: "InternalError" } });
  expect(second.body["message"]).toContain("in-flight migration detected. Active migration job (");
  await waitForStatus(lab, "moving", "Migrating");
  await waitForStatus(lab, "moving", "Running");
  expect(textAt(instance("moving")?.status, "nodeName")).not.toBe(source);
  const [migration] = lab.control.objects("vmim");
  expect(migration?.metadata.name).toMatch(/^kubevirt-migrate-vm-\w{5}$/);
  await until("success", () =>
    lab.control.objects("vmim")[0]?.status?.["phase"] === "Succeeded" ? true : undefined,
  );
});

test("a machine with a GPU stays where it is", async () => {
  await run("pinned", { devices: { gpus: [{ name: "gpu", deviceName: "nvidia.com/GA102GL_A10" }] } });
  const answer = await act("pinned", "migrate");
  expect(answer.code).toBe(500);
  expect(answer.body["message"]).toContain(
    "Cannot migrate VMI, Reason: HostDeviceNotLiveMigratable, Message: VMI uses a PCI host devices",
  );
});

test("a disk is plugged in and out of a running machine", async () => {
  await run("disks");
  const spec = {
    accessModes: ["ReadWriteMany"],
    resources: { requests: { storage: "1Gi" } },
    storageClassName: "fast",
  };
  lab.control.put({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "extra", namespace: "default" },
    spec,
  });
  const addition = {
    name: "extra",
    disk: { disk: { bus: "scsi" } },
    volumeSource: { persistentVolumeClaim: { claimName: "extra" } },
  };
  expect((await act("disks", "addvolume", addition)).code).toBe(202);
  await until("the disk", () => (volumeIn("disks", "extra")?.["phase"] === "Ready" ? true : undefined));
  const again = await act("disks", "addvolume", addition);
  expect(again.body["message"]).toContain(
    "Unable to add volume [extra] because volume with that name already exists",
  );
  expect((await act("disks", "removevolume", { name: "extra" })).code).toBe(202);
  await until("the disk to go", () => (volumeIn("disks", "extra") ? undefined : true));
  expect((await act("disks", "removevolume", { name: "extra" })).body["message"]).toContain(
    "because it does not exist",
  );
});

test("what cannot be plugged in is refused, and a missing claim is waited for", async () => {
  await run("refusing");
  const refusal = async (body: JsonObject) => (await act("refusing", "addvolume", body)).body["message"];
  expect(await refusal({})).toBe("AddVolumeOptions requires name to be set");
  expect(await refusal({ name: "a" })).toBe("AddVolumeOptions requires disk to not be nil");
  expect(await refusal({ name: "a", disk: {} })).toBe("AddVolumeOptions requires VolumeSource to not be nil");
  const volumeSource = { persistentVolumeClaim: { claimName: "nosuch" } };
  expect(await refusal({ name: "a", disk: { disk: { bus: "sata" } }, volumeSource })).toContain(
    "[sata] is not permitted.",
  );
  expect(
    (await act("refusing", "addvolume", { name: "a", disk: { disk: { bus: "virtio" } }, volumeSource })).code,
  ).toBe(202);
  const status = await until("the reason", () => volumeIn("refusing", "a"));
  expect(status).toMatchObject({
    phase: "Pending",
    reason: "FailedPvcNotFound",
    message: "PVC nosuch not found",
  });
});
