import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { detectCapabilities, probeCluster } from "./capabilities";
import { connectToCluster, type ClusterClient } from "./client";
import { parseKubeconfig } from "./kubeconfig";

let lab: KubevirtLab;
let client: ClusterClient;

beforeAll(async () => {
  lab = await startKubevirtLab({ kubevirtVersion: "v1.9.0" });
  client = connectToCluster(parseKubeconfig(lab.kubeconfig), { timeoutMs: 2_000 });
});

afterEach(() => lab.control.faults.clear());

afterAll(async () => {
  client.close();
  await lab.stop();
});

test("a cluster is described: versions, features, devices, storage, networks, nodes", async () => {
  const found = await detectCapabilities(client);
  expect(found.kubernetesVersion).toMatch(/^v1\.\d+/);
  expect(found.kubevirt).toMatchObject({
    version: "v1.9.0",
    phase: "Deployed",
    apiGroupVersion: "kubevirt.io/v1",
  });
  expect(found.features).toEqual(expect.arrayContaining(["LiveMigration", "NUMA", "NodeRestriction", "GPU"]));
  expect(found.gpuDevices).toEqual([
    { resource: "nvidia.com/GA102GL_A10", capacity: 2, allocatable: 2, permitted: true },
  ]);
  expect(found.hugepages).toEqual(
    expect.arrayContaining([
      { size: "1Gi", capacityBytes: 16 * 2 ** 30, allocatableBytes: 16 * 2 ** 30 },
      { size: "2Mi", capacityBytes: 8 * 2 ** 30, allocatableBytes: 8 * 2 ** 30 },
    ]),
  );
  expect(found.sriovNetworks).toEqual([expect.objectContaining({ namespace: "default", name: "sriov-net" })]);
  expect(found.storageClasses.filter((one) => one.isDefault)).toEqual([
    expect.objectContaining({ name: "fast", allowVolumeExpansion: true, volumeMode: "Block" }),
  ]);
  expect(found.cdi).toBe(true);
  expect(found.nodes.length).toBeGreaterThanOrEqual(2);
  for (const node of found.nodes) {
    expect(node).toMatchObject({ ready: true, schedulable: true });
    expect(node.cpuCores).toBeGreaterThan(0);
    expect(node.memoryBytes).toBeGreaterThan(2 ** 30);
  }
  expect(found.partial).toEqual([]);
});

test("a part that may not be read is named with the cluster's words, the rest is there", async () => {
  lab.control.faults.set({ status: 403, path: "^/api/v1/nodes" }, { status: 404, path: "storageprofiles" });
  const found = await detectCapabilities(client);
  expect(found.nodes).toEqual([]);
  expect(found.storageClasses.length).toBeGreaterThan(0);
  expect(found.partial).toHaveLength(2);
  expect(found.partial.join("\n")).toMatch(/^(nodes|storageprofiles): .+\n(nodes|storageprofiles): .+$/);
});

test("a cluster that fails in the middle throws, rather than looking empty", async () => {
  lab.control.faults.set({ status: 500, path: "^/api/v1/nodes" });
  await expect(detectCapabilities(client)).rejects.toMatchObject({ kind: "unavailable", status: 500 });
});

test("a probe says which version answers and how soon; a false token and silence are told apart", async () => {
  const { kubernetesVersion, latencyMs } = await probeCluster(client);
  expect(kubernetesVersion).toMatch(/^v1\./);
  expect(latencyMs).toBeLessThan(2_000);

  const connection = parseKubeconfig(lab.kubeconfig);
  const stranger = connectToCluster({ ...connection, auth: { kind: "token", token: "false" } });
  await expect(probeCluster(stranger)).rejects.toMatchObject({ kind: "rejected", status: 401 });
  stranger.close();

  lab.control.faults.set({ hang: true });
  await expect(probeCluster(client)).rejects.toMatchObject({ kind: "unavailable", reason: "Timeout" });
});
