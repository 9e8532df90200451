import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { approveRequest } from "@/lib/requests/approve-request";
import { deleteVm } from "@/lib/requests/delete-vm";
import { restartVm } from "@/lib/requests/restart-vm";
import { startVm } from "@/lib/requests/start-vm";
import { stopVm } from "@/lib/requests/stop-vm";
import { requestVm } from "@/lib/requests/request-vm";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let requester: Context;
let decider: Context;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  requester = await aPerson("role-development-engineer");
  decider = await aPerson("role-approval-admin");
  await registerCluster(platformContext("test"), {
    name: `lab-${newId().slice(-6)}`,
    displayName: "Lab",
    environment: "test",
    kubeconfig: lab.kubeconfig,
    schedulingWeight: 100,
  });
  await vi.waitFor(() => db().cluster.findFirstOrThrow({ where: { status: "HEALTHY" } }), {
    timeout: 10_000,
  });
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

async function approved(over: Parameters<typeof aVmWish>[1] = {}) {
  const submitted = await requestVm(requester, await aVmWish(requester, over));
  await approveRequest(decider, { ticketId: submitted.ticketId });
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: submitted.ticketId } });
  return { ...submitted, vmId: ticket.resourceId ?? "" };
}

const ticketStatus = async (id: string) =>
  (await db().approvalTicket.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;
const vmStatus = async (id: string) =>
  (await db().vm.findUnique({ where: { id }, select: { status: true } }))?.status ?? "removed";

async function running() {
  const order = await approved();
  await expect.poll(() => ticketStatus(order.ticketId), { timeout: 15_000 }).toBe("SUCCESS");
  return order;
}

describe("a virtual machine's life on a cluster", () => {
  test("approved, it is applied once, comes up, and its request succeeds", async () => {
    lab.control.clearLedger();
    const order = await running();

    const vm = await db().vm.findUniqueOrThrow({ where: { id: order.vmId } });
    expect(vm).toMatchObject({ status: "RUNNING", clusterStatus: "Running", activeEventId: null });
    // Address and node come with the instance's own report, which may follow the one that says Running.
    await expect
      .poll(() => db().vm.findUniqueOrThrow({ where: { id: order.vmId }, select: { ip: true, node: true } }))
      .toEqual({ ip: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/), node: expect.stringMatching(/^node-/) });
    const creates = lab.control
      .ledger()
      .filter((call) => call.name === vm.name && call.effective && call.method === "PATCH");
    expect(creates).toHaveLength(1);
    const event = await db().domainEvent.findUniqueOrThrow({ where: { id: order.eventId } });
    expect(event.status).toBe("COMPLETED");
    expect(Object.keys(event.steps as object).sort()).toEqual([
      "applied",
      "manifest",
      "namespace",
      "running",
      "scheduled",
    ]);
    expect(await db().auditLog.count({ where: { action: "vm.create", resourceId: vm.id } })).toBe(1);
    expect(
      await db().auditLog.count({ where: { action: "approval.approve", resourceId: order.ticketId } }),
    ).toBe(1);
  });

  test("it stops, starts, restarts into another instance, stops and is deleted", async () => {
    const { vmId } = await running();
    const before = await db().vm.findUniqueOrThrow({ where: { id: vmId } });

    const restart = await restartVm(requester, { vmId, reason: "" });
    expect(restart.status).toBe("ACCEPTED");
    await expect.poll(() => ticketStatus(restart.ticketId), { timeout: 15_000 }).toBe("SUCCESS");
    expect((await db().vm.findUniqueOrThrow({ where: { id: vmId } })).vmiUid).not.toBe(before.vmiUid);

    const stop = await stopVm(requester, { vmId, reason: "" });
    await expect.poll(() => ticketStatus(stop.ticketId), { timeout: 15_000 }).toBe("SUCCESS");
    expect(await vmStatus(vmId)).toBe("STOPPED");

    const start = await startVm(requester, { vmId, reason: "" });
    await expect.poll(() => ticketStatus(start.ticketId), { timeout: 15_000 }).toBe("SUCCESS");

    const again = await stopVm(requester, { vmId, reason: "" });
    await expect.poll(() => ticketStatus(again.ticketId), { timeout: 15_000 }).toBe("SUCCESS");
    const removal = await deleteVm(requester, { vmId, reason: "done", confirm: true });
    await approveRequest(decider, { ticketId: removal.ticketId });
    await expect.poll(() => vmStatus(vmId), { timeout: 15_000 }).toBe("removed");
    await expect.poll(() => ticketStatus(removal.ticketId)).toBe("SUCCESS");
    expect(lab.control.objects("VirtualMachine").map((vm) => vm.metadata.name)).not.toContain(before.name);
    expect(await db().auditLog.count({ where: { action: "vm.delete_executed", resourceId: vmId } })).toBe(1);
  });

  test("an operation that does not fit the state is refused with state and move", async () => {
    const { vmId } = await running();

    await expect(startVm(requester, { vmId, reason: "" })).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "vm", state: "RUNNING", move: "start" },
    });
    await expect(deleteVm(requester, { vmId, reason: "", confirm: true })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
  });

  test("removed by hand in the cluster, it is shown as not found and never made again", async () => {
    const { vmId } = await running();
    const vm = await db().vm.findUniqueOrThrow({ where: { id: vmId } });
    lab.control.clearLedger();

    lab.control.remove("VirtualMachine", vm.namespace, vm.name);

    await expect.poll(() => vmStatus(vmId), { timeout: 10_000 }).toBe("NOT_FOUND");
    const made = lab.control.ledger().filter((call) => call.name === vm.name && call.method !== "DELETE");
    expect(made).toHaveLength(0);
  });
});

describe("bad luck on the way to the cluster", () => {
  test.for([
    ["answers lost", { dropAnswer: true, method: "PATCH", times: 2 }],
    ["429 with Retry-After", { status: 429, retryAfterSeconds: 1, times: 2 }],
    ["half of the answers 500", { status: 500, percent: 50, times: 6 }],
    ["a slow cluster", { latencyMs: 1_500, times: 4 }],
  ] as const)("%s: one machine, and the request succeeds", { timeout: 70_000 }, async ([, fault]) => {
    const submitted = await requestVm(requester, await aVmWish(requester));
    lab.control.clearLedger();
    await approveRequest(decider, { ticketId: submitted.ticketId });
    lab.control.faults.set({ path: "virtualmachines", ...fault });
    try {
      await expect.poll(() => ticketStatus(submitted.ticketId), { timeout: 60_000 }).toBe("SUCCESS");
    } finally {
      lab.control.faults.clear();
    }
    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: submitted.ticketId } });
    const effective = lab.control
      .ledger()
      .filter((call) => call.name === ticket.resourceName && call.effective && !call.dryRun);
    expect(effective.filter((call) => call.method === "PATCH")).toHaveLength(1);
  });

  test("a name somebody else has taken is never touched, and the request says whose it is", async () => {
    const namespace = await aNamespace();
    const wish = await aVmWish(requester, { namespace: namespace.name });
    const service = await db().service.findUniqueOrThrow({
      where: { id: wish.serviceId },
      include: { system: true },
    });
    const name = `${namespace.name}-${service.system.name}-${service.name}-01`;
    lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace.name } });
    lab.control.put(foreignMachine(namespace.name, name));
    lab.control.clearLedger();

    const submitted = await requestVm(requester, wish);
    await approveRequest(decider, { ticketId: submitted.ticketId });

    await expect.poll(() => ticketStatus(submitted.ticketId), { timeout: 20_000 }).toBe("FAILED");
    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: submitted.ticketId } });
    expect(ticket.lastError).toMatchObject({ code: "FOREIGN_OBJECT" });
    expect(lab.control.ledger().filter((call) => call.name === name && call.effective)).toHaveLength(0);
  });
});

/** A machine that another tool made under the name we would take. */
function foreignMachine(namespace: string, name: string) {
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, labels: { "app.kubernetes.io/managed-by": "argocd" } },
    spec: {
      runStrategy: "Halted",
      template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
    },
  };
}
