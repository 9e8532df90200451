import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster, type ClusterClient } from "./client";
import { parseKubeconfig } from "./kubeconfig";
import { createNamespace, readNamespace } from "./namespaces";
import { restartVirtualMachine, startVirtualMachine, stopVirtualMachine } from "./power-calls";
import type { RunStrategy, VirtualMachineManifest } from "./types";
import {
  applyVirtualMachine,
  deleteVirtualMachine,
  fieldManager,
  listVirtualMachines,
  readVirtualMachine,
  readVirtualMachineInstance,
} from "./virtual-machines";

let lab: KubevirtLab;
let client: ClusterClient;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  client = connectToCluster(parseKubeconfig(lab.kubeconfig), { timeoutMs: 5_000 });
  await createNamespace(client, { name: "team-a", labels: { environment: "test" } });
});

afterEach(() => lab.control.faults.clear());

afterAll(async () => {
  client.close();
  await lab.stop();
});

test("a namespace is created once, with its labels, and found by name", async () => {
  const wanted = { name: "team-b", labels: { environment: "prod" }, annotations: { "created-at": "now" } };
  expect(await createNamespace(client, wanted)).toEqual({ created: true });
  expect(await createNamespace(client, wanted)).toEqual({ created: false });
  const found = await readNamespace(client, "team-b");
  expect(found).toMatchObject({ name: "team-b", isTerminating: false, annotations: { "created-at": "now" } });
  expect(found?.labels).toMatchObject({ environment: "prod" });
  expect(await readNamespace(client, "nowhere")).toBeNull();
});

test("applying creates once; applying again changes nothing", async () => {
  const first = await applyVirtualMachine(client, manifest("apply"));
  const again = await applyVirtualMachine(client, manifest("apply"));
  expect([first.created, again.created]).toEqual([true, false]);
  expect(again.object.metadata).toMatchObject({
    uid: first.object.metadata.uid,
    name: "apply",
    labels: { app: "x" },
  });
  const writes = lab.control.ledger().filter((entry) => entry.name === "apply");
  expect(writes.map((entry) => entry.effective)).toEqual([true, false]);
  expect(writes.every((entry) => entry.fieldManager === fieldManager)).toBe(true);
});

test("a dry run answers as the real thing would and stores nothing", async () => {
  const dry = await applyVirtualMachine(client, manifest("dry"), { dryRun: true });
  expect(dry.object.spec.runStrategy).toBe("Halted");
  expect(await readVirtualMachine(client, "team-a", "dry")).toBeNull();
});

test("an unknown field is rejected with the cluster's words", async () => {
  const wrong = manifest("wrong");
  wrong.spec.template.spec.domain["coress"] = 2;
  await expect(applyVirtualMachine(client, wrong)).rejects.toMatchObject({
    kind: "rejected",
    status: 500,
    message: expect.stringContaining("coress: field not declared in schema"),
    outcomeUnknown: false,
  });
});

test("an admission denial is rejected with its causes", async () => {
  const denied = manifest("denied", "Maybe" as RunStrategy); // What a person could type, were there no type.
  await expect(applyVirtualMachine(client, denied)).rejects.toMatchObject({
    kind: "rejected",
    status: 422,
    message: expect.stringContaining("Invalid RunStrategy (Maybe)"),
    causes: [expect.objectContaining({ field: expect.stringContaining("spec") })],
  });
});

test("a field another manager owns is a conflict that names it", async () => {
  await client.exchange({
    method: "PATCH",
    path: "/apis/kubevirt.io/v1/namespaces/team-a/virtualmachines/owned",
    query: { fieldManager: "gov-app" },
    headers: { "content-type": "application/apply-patch+yaml" },
    body: JSON.stringify(manifest("owned", "Manual")),
  });
  await expect(applyVirtualMachine(client, manifest("owned"))).rejects.toMatchObject({
    kind: "conflict",
    causes: [expect.objectContaining({ reason: "FieldManagerConflict", field: ".spec.runStrategy" })],
  });
});

test("an unknown namespace is gone, and names itself", async () => {
  const lost = manifest("lost");
  lost.metadata.namespace = "nowhere";
  await expect(applyVirtualMachine(client, lost)).rejects.toMatchObject({
    kind: "gone",
    message: expect.stringContaining('namespaces "nowhere" not found'),
  });
});

test("a warning of the cluster is handed on", async () => {
  const old = manifest("deprecated");
  delete old.spec.runStrategy;
  old.spec["running"] = false;
  const { warnings } = await applyVirtualMachine(client, old);
  expect(warnings).toEqual([expect.stringContaining("spec.running is deprecated")]);
});

test("power: what changes something says so, what does not says why", async () => {
  await applyVirtualMachine(client, manifest("power"));
  expect(await stopVirtualMachine(client, "team-a", "power")).toMatchObject({ changed: false });
  expect(await startVirtualMachine(client, "team-a", "power")).toEqual({ changed: true });
  await until(async () => (await status("power")) === "Running");

  const instance = await readVirtualMachineInstance(client, "team-a", "power");
  expect(instance?.status).toMatchObject({ phase: "Running", nodeName: expect.stringContaining("node-") });
  expect(instance?.status?.interfaces[0]?.ipAddress).toMatch(/^\d+\.\d+\.\d+\.\d+$/);

  const again = await startVirtualMachine(client, "team-a", "power");
  expect(again).toEqual({ changed: false, reason: expect.stringContaining("VM is already running") });
  expect(await restartVirtualMachine(client, "team-a", "power")).toEqual({ changed: true });
  await until(async () => {
    const fresh = await readVirtualMachineInstance(client, "team-a", "power");
    return fresh?.status?.phase === "Running" && fresh.metadata.uid !== instance?.metadata.uid;
  });
  expect(await stopVirtualMachine(client, "team-a", "power")).toEqual({ changed: true });
  await until(async () => (await status("power")) === "Stopped");
  // A stopped machine's instance still goes through its finalizers.
  await until(async () => (await readVirtualMachineInstance(client, "team-a", "power")) === null);
  await expect(startVirtualMachine(client, "team-a", "nope")).rejects.toMatchObject({ kind: "gone" });
});

test("a delete meets exactly the object that was meant", async () => {
  const { object } = await applyVirtualMachine(client, manifest("delete"));
  const stranger = deleteVirtualMachine(client, "team-a", "delete", { uid: "somebody-else" });
  await expect(stranger).rejects.toMatchObject({ kind: "conflict" });
  expect(await deleteVirtualMachine(client, "team-a", "delete", object.metadata)).toEqual({
    alreadyGone: false,
  });
  await until(async () => (await readVirtualMachine(client, "team-a", "delete")) === null);
  expect(await deleteVirtualMachine(client, "team-a", "delete", object.metadata)).toEqual({
    alreadyGone: true,
  });
});

test("a list comes in pages and by label", async () => {
  for (const name of ["page-1", "page-2", "page-3"]) await applyVirtualMachine(client, manifest(name));
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const query = {
      namespace: "team-a",
      labelSelector: "app=x",
      limit: 2,
      ...(next ? { continue: next } : {}),
    };
    const page = await listVirtualMachines(client, query);
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map((item) => item.metadata.name));
    next = page.continue;
  } while (next);
  expect(seen).toEqual(expect.arrayContaining(["page-1", "page-2", "page-3"]));
  expect(new Set(seen).size).toBe(seen.length);
  expect((await listVirtualMachines(client, { labelSelector: "app=none" })).items).toEqual([]);
  expect((await listVirtualMachines(client)).items.length).toBe(seen.length);
});

test("a lost answer leaves the outcome open, and reading by name settles it", async () => {
  lab.control.faults.set({ dropAnswer: true, method: "PATCH", times: 1 });
  await expect(applyVirtualMachine(client, manifest("dropped"))).rejects.toMatchObject({
    kind: "unavailable",
    outcomeUnknown: true,
  });
  expect((await readVirtualMachine(client, "team-a", "dropped"))?.metadata.name).toBe("dropped");
});

test("429 says when to come back; virt-api down is unavailable on power and on writes", async () => {
  lab.control.faults.set({ status: 429, retryAfterSeconds: 7, method: "GET" });
  await expect(readVirtualMachine(client, "team-a", "x")).rejects.toMatchObject({
    kind: "unavailable",
    retryAfterSeconds: 7,
  });
  lab.control.faults.clear();
  lab.control.faults.set({ virtApiDown: true });
  await expect(startVirtualMachine(client, "team-a", "page-1")).rejects.toMatchObject({
    kind: "unavailable",
    status: 503,
  });
  const write = applyVirtualMachine(client, manifest("hung"));
  await expect(write).rejects.toMatchObject({ kind: "unavailable", status: 500, outcomeUnknown: false });
});

test.each(["..", "a/b", "", "A", "a%2fb", "a?x=1", "x".repeat(300)])(
  "the name %j never reaches a cluster",
  async (name) => {
    const before = JSON.stringify(lab.control.requests());
    await expect(readVirtualMachine(client, "team-a", name)).rejects.toMatchObject({ reason: "InvalidName" });
    await expect(readVirtualMachine(client, name, "vm")).rejects.toMatchObject({ reason: "InvalidName" });
    expect(JSON.stringify(lab.control.requests())).toBe(before);
  },
);

function manifest(name: string, runStrategy: RunStrategy = "Halted"): VirtualMachineManifest {
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace: "team-a", labels: { app: "x" } },
    spec: {
      runStrategy,
      template: {
        spec: {
          domain: {
            cpu: { cores: 1 },
            memory: { guest: "1Gi" },
            devices: {
              disks: [{ name: "root", disk: { bus: "virtio" } }],
              interfaces: [{ name: "default", masquerade: {} }],
            },
          },
          networks: [{ name: "default", pod: {} }],
          volumes: [{ name: "root", containerDisk: { image: "quay.io/containerdisks/fedora:42" } }],
        },
      },
    },
  };
}

async function status(name: string): Promise<string | undefined> {
  return (await readVirtualMachine(client, "team-a", name))?.status?.printableStatus;
}

async function until(isTrue: () => Promise<boolean>) {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
}
