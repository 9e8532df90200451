import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../json";
import { textAt } from "../json";
import {
  actionsPath,
  applyMachine,
  callLab,
  conditionIn,
  importingManifest,
  machineManifest,
  machinesPath,
  until,
  waitForStatus,
  watchLab,
} from "../lab-client";
import { asJson } from "../objects";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

/** The different printable statuses of a machine in the order in which a watch saw them. */
async function sequence(
  name: string,
  act: () => Promise<unknown>,
  last: string,
): Promise<(string | undefined)[]> {
  const watch = await watchLab(
    lab,
    `${machinesPath}?watch=true&fieldSelector=metadata.name%3D${name}&resourceVersion=${lastRevision()}`,
  );
  await act();
  const isLast = (event: { type: string; object: JsonObject }) =>
    last === "gone" ? event.type === "DELETED" : textAt(event.object, "status", "printableStatus") === last;
  await watch.waitFor(isLast);
  watch.close();
  const seen = watch.events.map((event) => textAt(event.object, "status", "printableStatus"));
  return seen.filter((status, index) => index === 0 || status !== seen[index - 1]);
}

function lastRevision(): string {
  return String(
    Math.max(
      ...["vm", "vmi", "dv", "pvc", "node"].flatMap((kind) =>
        lab.control.objects(kind).map((one) => Number(one.metadata.resourceVersion)),
      ),
    ),
  );
}

function machine(name: string): JsonObject {
  const found = lab.control.objects("vm").find((vm) => vm.metadata.name === name);
  return found ? asJson(found) : {};
}

const act = (name: string, action: string) => () =>
  callLab(lab, "PUT", `${actionsPath}/virtualmachines/${name}/${action}`);

test("a machine that always runs is provisioned, started and running", async () => {
  const seen = await sequence("life", () => applyMachine(lab, importingManifest("life")), "Running");
  expect(seen).toEqual([undefined, "Provisioning", "Starting", "Running"]);
});

test("a halted machine is provisioned and stopped", async () => {
  const manifest = importingManifest("still", undefined, { runStrategy: "Halted" });
  const seen = await sequence("still", () => applyMachine(lab, manifest), "Stopped");
  expect(seen).toEqual([undefined, "Provisioning", "Stopped"]);
});

test("stop, start and restart pass through the states of a cluster", async () => {
  await waitForStatus(lab, "life", "Running");
  expect(await sequence("life", act("life", "stop"), "Stopped")).toEqual(["Running", "Stopping", "Stopped"]);
  expect(await sequence("life", act("life", "start"), "Running")).toEqual(["Stopped", "Starting", "Running"]);
  const seen = await sequence("life", act("life", "restart"), "Starting");
  expect(seen).toEqual(["Running", "Stopping", "Stopped", "Starting"]);
  await waitForStatus(lab, "life", "Running");
});

test("a running instance says where it is and how to reach it", async () => {
  const vmi = await until("the address", () =>
    lab.control
      .objects("vmi")
      .map(asJson)
      .find(
        (one) => textAt(one, "metadata", "name") === "life" && textAt(one, "status", "phase") === "Running",
      ),
  );
  expect(textAt(vmi, "status", "nodeName")).toMatch(/^node-/);
  expect(textAt(conditionIn(machine("life"), "Ready") ?? {}, "status")).toBe("True");
  expect(machine("life")).toMatchObject({ status: { created: true, ready: true } });
});

test("deleting a machine takes its instance, its data volume and the claim with it", async () => {
  const seen = await sequence("life", () => callLab(lab, "DELETE", `${machinesPath}/life`), "gone");
  expect(seen).toEqual(["Running", "Terminating"]);
  await until("the claim to go", () =>
    lab.control.objects("pvc").some((one) => one.metadata.name === "life-root") ? undefined : true,
  );
  for (const kind of ["vmi", "dv"]) {
    expect(lab.control.objects(kind).some((one) => one.metadata.name.startsWith("life"))).toBe(false);
  }
});

test("the import shows its progress", async () => {
  const path = "/apis/cdi.kubevirt.io/v1beta1/namespaces/default/datavolumes";
  const query = "watch=true&fieldSelector=metadata.name%3Dprogress-root";
  const watch = await watchLab(lab, `${path}?${query}&resourceVersion=${lastRevision()}`);
  await applyMachine(lab, importingManifest("progress"));
  await watch.waitFor((event) => textAt(event.object, "status", "phase") === "Succeeded");
  watch.close();
  const progress = watch.events.map((event) => textAt(event.object, "status", "progress"));
  expect(progress).toContain("50.00%");
  expect(progress.at(-1)).toBe("100.0%");
});

test("a broken image is a data volume error", async () => {
  await applyMachine(lab, importingManifest("broken", "docker://registry.lab/broken:1"));
  await waitForStatus(lab, "broken", "DataVolumeError");
});

test("no free GPU is unschedulable in the scheduler's words, and clears when one is freed", async () => {
  const withGpu = (name: string) =>
    machineManifest(name, {
      domain: { devices: { gpus: [{ name: "gpu", deviceName: "nvidia.com/GA102GL_A10" }] } },
    });
  for (const name of ["gpu-1", "gpu-2"]) {
    await applyMachine(lab, withGpu(name));
    await waitForStatus(lab, name, "Running");
  }
  await applyMachine(lab, withGpu("gpu-3"));
  await waitForStatus(lab, "gpu-3", "ErrorUnschedulable");
  expect(conditionIn(machine("gpu-3"), "PodScheduled")).toMatchObject({
    status: "False",
    reason: "Unschedulable",
    message: expect.stringContaining("0/3 nodes are available: 3 Insufficient nvidia.com/GA102GL_A10."),
  });
  await callLab(lab, "DELETE", `${machinesPath}/gpu-1`);
  await waitForStatus(lab, "gpu-3", "Running");
});

test("a GPU that is not permitted keeps the machine starting", async () => {
  const gpus = [{ name: "gpu", deviceName: "nvidia.com/NOPE" }];
  await applyMachine(lab, machineManifest("nope", { domain: { devices: { gpus } } }));
  const condition = await until("the reason", () => conditionIn(machine("nope"), "Synchronized"));
  expect(condition).toMatchObject({
    status: "False",
    reason: "FailedCreate",
    message:
      "failed to render launch manifest: GPU nvidia.com/NOPE is not permitted in permittedHostDevices configuration",
  });
  expect(textAt(machine("nope"), "status", "printableStatus")).toBe("Starting");
});

test("more memory than any node has is unschedulable", async () => {
  await applyMachine(lab, machineManifest("huge", { domain: { memory: { guest: "900Gi" } } }));
  await waitForStatus(lab, "huge", "ErrorUnschedulable");
  expect(textAt(conditionIn(machine("huge"), "PodScheduled"), "message")).toContain("3 Insufficient memory");
});

test("a missing claim is waited for", async () => {
  const volumes = [{ name: "disk", persistentVolumeClaim: { claimName: "missing" } }];
  const disks = [{ name: "disk", disk: { bus: "virtio" } }];
  await applyMachine(
    lab,
    machineManifest("claims", { domain: { devices: { disks } }, template: { volumes } }),
  );
  await waitForStatus(lab, "claims", "ErrorPvcNotFound");
  expect(await until("the reason", () => conditionIn(machine("claims"), "Synchronized"))).toMatchObject({
    reason: "FailedPvcNotFound",
    message: "PVC default/missing does not exist, waiting for it to appear",
  });
  const spec = {
    accessModes: ["ReadWriteMany"],
    resources: { requests: { storage: "1Gi" } },
    storageClassName: "fast",
  };
  lab.control.put({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "missing", namespace: "default" },
    spec,
  });
  await waitForStatus(lab, "claims", "Running");
});

test("an exceeded quota keeps the machine starting and says so", async () => {
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "small" } });
  const hard = { "requests.memory": "1Gi" };
  lab.control.put({
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "q", namespace: "small" },
    spec: { hard },
  });
  const manifest = { ...machineManifest("over"), metadata: { name: "over" } };
  await callLab(lab, "POST", "/apis/kubevirt.io/v1/namespaces/small/virtualmachines", { body: manifest });
  const condition = await until("the refusal", () => conditionIn(machine("over"), "Synchronized"));
  expect(condition["message"]).toMatch(
    /^failed to create virtual machine pod: pods "virt-launcher-over-\w+" is forbidden: exceeded quota: q, requested: requests.memory=\d+, used: requests.memory=0, limited: requests.memory=1Gi$/,
  );
  expect(textAt(machine("over"), "status", "printableStatus")).toBe("Starting");
});

test("a changed template needs a restart", async () => {
  await applyMachine(lab, machineManifest("changed"));
  await waitForStatus(lab, "changed", "Running");
  await applyMachine(lab, machineManifest("changed", { domain: { cpu: { cores: 4 } } }));
  const condition = await until("the condition", () => conditionIn(machine("changed"), "RestartRequired"));
  expect(condition["message"]).toBe("a non-live-updatable field was changed in the template spec");
});
