import { afterAll, beforeAll, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { readClusterCapacity } from "./queries";
import { readUsage } from "./read-usage.handler";

let lab: KubevirtLab;

beforeAll(async () => {
  lab = await startKubevirtLab();
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});

function aRunningMachine(name: string, node: string, over: { gpus?: string[]; phase?: string } = {}) {
  lab.control.put({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachineInstance",
    metadata: { name, namespace: "default" },
    spec: {
      domain: {
        cpu: { cores: 2, sockets: 2, threads: 1 },
        memory: { guest: "8Gi" },
        devices: { gpus: (over.gpus ?? []).map((deviceName) => ({ name: "gpu", deviceName })) },
      },
    },
    status: { phase: over.phase ?? "Running", nodeName: node, memory: { memoryOverhead: "512Mi" } },
  });
}

test("what runs is summed by node, whoever made it, with its overhead and its devices", async () => {
  const ctx = await anAdministrator();
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  await checkCluster({ clusterId: id });
  aRunningMachine("one", "node-a", { gpus: ["nvidia.com/GA102GL_A10"] });
  aRunningMachine("two", "node-a");
  aRunningMachine("three", "node-b");
  aRunningMachine("over", "node-b", { phase: "Succeeded" });
  await readUsage({ clusterId: id });

  const capacity = await readClusterCapacity(ctx, { clusterId: id, perPage: 100 });
  expect(capacity).toMatchObject({ instances: 3, nodeCount: 3, matchCount: 3 });
  const nodeA = capacity.nodes.find(({ name }) => name === "node-a");
  expect(nodeA).toMatchObject({
    instances: 2,
    cpuCores: { total: 63.5, used: 8, promised: 0, free: 55.5 },
    memoryGi: { total: 254, used: 17, free: 237 },
    devices: [{ resource: "nvidia.com/GA102GL_A10", total: 2, used: 1, permitted: true }],
    cpuManager: true,
  });
  expect(capacity.cpuCores).toMatchObject({ used: 12, free: capacity.cpuCores.total - 12 });
  expect(capacity.usedAt).not.toBeNull();
});

test("promises count by node where a machine runs, and beside them where it is switched off", async () => {
  const ctx = await anAdministrator();
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  await checkCluster({ clusterId: id });
  const running = await aVm({ clusterId: id, namespace: "team-a", status: "RUNNING" });
  const stopped = await aVm({ clusterId: id, namespace: "team-a", status: "STOPPED" });
  const size = { cpuCores: 10, memoryGi: 20 };
  await db().vm.update({ where: { id: running.id }, data: { ...size, node: "node-c" } });
  await db().vm.update({ where: { id: stopped.id }, data: { ...size, node: "node-c" } });

  const capacity = await readClusterCapacity(ctx, { clusterId: id, perPage: 100 });
  expect(capacity.instances).toBeNull();
  expect(capacity.cpuCores).toMatchObject({ used: null, promised: 20, idle: 10 });
  expect(capacity.cpuCores.free).toBe(Math.round((capacity.cpuCores.total - 20) * 10) / 10);
  const [fullest] = capacity.nodes;
  expect(fullest).toMatchObject({ name: "node-c", cpuCores: { promised: 10, total: 31.5, free: 21.5 } });
});

test("nodes are searched by name and cut to a page, and the totals stay whole", async () => {
  const ctx = await anAdministrator();
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  await checkCluster({ clusterId: id });
  const found = await readClusterCapacity(ctx, { clusterId: id, q: "NODE-B", perPage: 100 });
  expect(found.nodes.map(({ name }) => name)).toEqual(["node-b"]);
  const page = await readClusterCapacity(ctx, { clusterId: id, perPage: 2 });
  expect(page).toMatchObject({ matchCount: 3, nodeCount: 3, cpuCores: found.cpuCores });
  expect(page.nodes).toHaveLength(2);
});

test("usage that may not be read leaves what was known, and one that is switched off is not asked", async () => {
  const { id } = await aCluster({ kubeconfig: lab.restrictedKubeconfig });
  lab.control.restrict([]);
  await readUsage({ clusterId: id });
  const before = await db().cluster.findUniqueOrThrow({ where: { id } });
  expect(before.nodeUsageAt).not.toBeNull();
  lab.control.restrict(["list virtualmachineinstances"]);
  await readUsage({ clusterId: id });
  const after = await db().cluster.findUniqueOrThrow({ where: { id } });
  expect(after.nodeUsage).toEqual(before.nodeUsage);
  expect(after.nodeUsageAt).toEqual(before.nodeUsageAt);
  await db().cluster.update({ where: { id }, data: { enabled: false } });
  lab.control.restrict([]);
  await readUsage({ clusterId: id });
  expect((await db().cluster.findUniqueOrThrow({ where: { id } })).nodeUsageAt).toEqual(before.nodeUsageAt);
});
