import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JsonObject } from "./json";
import { objectAt, objectsAt, textAt } from "./json";
import { applyMachine, callLab, conditionIn, machineManifest, until, waitForStatus } from "./lab-client";
import { readPlace } from "./inventories";
import { asJson } from "./objects";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

async function inPlace(name: string, visit: (lab: KubevirtLab) => Promise<void>): Promise<void> {
  const lab = await startKubevirtLab({ ...readPlace(name), clockSpeed: 50 });
  try {
    await visit(lab);
  } finally {
    await lab.stop();
  }
}

function machineIn(lab: KubevirtLab, name: string): JsonObject {
  const found = lab.control.objects("vm").find((one) => one.metadata.name === name);
  return found ? asJson(found) : {};
}

async function fieldsOfCpu(lab: KubevirtLab): Promise<string[]> {
  const index = await callLab(lab, "GET", "/openapi/v3");
  const address = textAt(index.body, "paths", "apis/kubevirt.io/v1", "serverRelativeURL") ?? "";
  const { body } = await callLab(lab, "GET", address);
  const machine = objectAt(body, "components", "schemas", "io.kubevirt.v1.VirtualMachine");
  const path = ["spec", "template", "spec", "domain", "cpu"].flatMap((step) => ["properties", step]);
  const domain = objectAt(machine, ...path.slice(0, -2));
  return [
    ...Object.keys(objectAt(machine, ...path, "properties")),
    ...Object.keys(objectAt(domain, "properties")),
  ];
}

test("the second cluster has other hardware, other storage, other networks and another KubeVirt", () =>
  inPlace("gpu", async (lab) => {
    const nodes = lab.control.objects("node");
    expect(nodes.map((node) => objectAt(node.status, "allocatable")["nvidia.com/H100"])).toEqual(["4", "4"]);
    const classes = await callLab(lab, "GET", "/apis/storage.k8s.io/v1/storageclasses");
    expect(objectsAt(classes.body, "items").map((one) => textAt(one, "metadata", "name"))).toEqual([
      "nvme",
      "scratch",
    ]);
    const version = await callLab(lab, "GET", "/apis/subresources.kubevirt.io/v1/version");
    expect(version.body["gitVersion"]).toBe("v1.5.2");
    const config = await callLab(lab, "GET", "/apis/cdi.kubevirt.io/v1beta1/cdiconfigs/config");
    expect(textAt(config.body, "status", "uploadProxyURL")).toBe(lab.uploadProxy.url.replace("https://", ""));
  }));

test("SR-IOV interfaces take from the node what their network names, and a network that is not there is said", () =>
  inPlace("gpu", async (lab) => {
    const connected = (name: string, network: string) =>
      machineManifest(name, {
        domain: { devices: { interfaces: [{ name: "fast", sriov: {} }] } },
        template: { networks: [{ name: "fast", multus: { networkName: network } }] },
      });
    for (let index = 0; index < 16; index += 1) {
      await applyMachine(lab, connected(`vm-${index}`, "default/fabric"));
    }
    for (let index = 0; index < 16; index += 1) await waitForStatus(lab, `vm-${index}`, "Running");
    await applyMachine(lab, connected("one-more", "fabric"));
    await waitForStatus(lab, "one-more", "ErrorUnschedulable");
    expect(textAt(conditionIn(machineIn(lab, "one-more"), "PodScheduled"), "message")).toContain(
      "2 Insufficient mellanox.com/cx7_fabric",
    );
    await applyMachine(lab, connected("lost", "other/nowhere"));
    const condition = await until("the reason", () => conditionIn(machineIn(lab, "lost"), "Synchronized"));
    expect(condition["message"]).toBe(
      "failed to render launch manifest: failed to locate network attachment definition other/nowhere",
    );
  }));

test("exclusive processors are given only where the node manages them", () =>
  inPlace("gpu", async (lab) => {
    for (const name of ["gpu-1", "gpu-2"]) {
      lab.control.edit("node", undefined, name, (node) => ({
        ...node,
        metadata: { ...node.metadata, labels: { ...node.metadata.labels, cpumanager: "false" } },
      }));
    }
    const domain = { cpu: { cores: 2, dedicatedCpuPlacement: true } };
    await applyMachine(lab, machineManifest("pinned", { domain }));
    await waitForStatus(lab, "pinned", "ErrorUnschedulable");
  }));

test("the first cluster has machines that somebody else made, and instance types to take over", () =>
  inPlace("first", async (lab) => {
    await waitForStatus(lab, "billing-db", "Running");
    await waitForStatus(lab, "old-wiki", "Stopped");
    await waitForStatus(lab, "document-scanner", "Stopped");
    const [machine] = lab.control.objects("vm");
    expect(machine?.metadata.managedFields?.map((entry) => entry.manager)).toContain("kubectl-create");
    const path = "/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes";
    const dedicated = await callLab(lab, "GET", `${path}/cx1.large`);
    expect(dedicated.body).toMatchObject({
      metadata: { labels: { "instancetype.kubevirt.io/class": "compute.exclusive" } },
      spec: { cpu: { guest: 2, dedicatedCPUPlacement: true }, memory: { guest: "4Gi" } },
    });
    const selector = "labelSelector=instancetype.kubevirt.io%2Fos-type%3Dwindows";
    const preferences = await callLab(
      lab,
      "GET",
      `/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterpreferences?${selector}`,
    );
    expect(objectsAt(preferences.body, "items").map((one) => textAt(one, "metadata", "name"))).toContain(
      "windows.11",
    );
  }));

test("the fields that a cluster knows follow its KubeVirt, also when that is upgraded", () =>
  inPlace("gpu", async (lab) => {
    const before = await fieldsOfCpu(lab);
    expect(before).toContain("cores");
    expect(before).not.toContain("rebootPolicy");
    await lab.control.setKubevirtVersion("v1.9.0");
    const after = await fieldsOfCpu(lab);
    expect(after.length).toBeGreaterThan(before.length);
    const [kubevirt] = lab.control.objects("kubevirt");
    expect(kubevirt?.status).toMatchObject({ observedKubeVirtVersion: "v1.9.0" });
  }));

test("an inventory may be a file, and a name that is none is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-inventory-"));
  const file = join(folder, "edge.json");
  writeFileSync(file, JSON.stringify({ inventory: { nodes: [{ name: "edge", cpu: 8, memoryGi: 32 }] } }));
  await inPlace(file, async (lab) => {
    expect(lab.control.objects("node").map((node) => node.metadata.name)).toEqual(["edge"]);
    expect(lab.control.objects("kubevirt")).toHaveLength(1);
    await Promise.resolve();
  });
  expect(() => readPlace("nowhere")).toThrow("there are default, first, gpu");
  writeFileSync(file, JSON.stringify({ inventory: { hosts: [] } }));
  expect(() => readPlace(file)).toThrow();
  rmSync(folder, { recursive: true });
});
