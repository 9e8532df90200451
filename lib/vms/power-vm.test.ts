import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { operateVms } from "@/lib/batches/operate-vms";
import { readBatch } from "@/lib/batches/queries";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { approveRequest } from "@/lib/requests/approve-request";
import { forceStopVm } from "@/lib/requests/force-stop-vm";
import { pauseVm } from "@/lib/requests/pause-vm";
import { rebootVm } from "@/lib/requests/reboot-vm";
import { requestVm } from "@/lib/requests/request-vm";
import { resetVm } from "@/lib/requests/reset-vm";
import { restartVm } from "@/lib/requests/restart-vm";
import { resumeVm } from "@/lib/requests/resume-vm";
import type { Submitted } from "@/lib/requests/schema";
import { startVm } from "@/lib/requests/start-vm";
import { stopVm } from "@/lib/requests/stop-vm";

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

afterEach(() => lab.control.faults.clear());

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

const patience = { timeout: 20_000 };
const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const vmOf = (id: string) => db().vm.findUniqueOrThrow({ where: { id } });
const statusOf = async (id: string) => (await vmOf(id)).status;
const endOf = async ({ ticketId }: Submitted) => {
  await expect.poll(async () => (await ticketOf(ticketId)).status, patience).toMatch(/SUCCESS|FAILED/);
  return ticketOf(ticketId);
};
const order = (vmId: string) => ({ vmId, reason: "" });

async function running() {
  const submitted = await requestVm(requester, await aVmWish(requester));
  await approveRequest(decider, { ticketId: submitted.ticketId });
  expect(await endOf(submitted)).toMatchObject({ status: "SUCCESS" });
  const { id, name, namespace } = await vmOf((await ticketOf(submitted.ticketId)).resourceId ?? "");
  lab.control.clearLedger();
  return { vmId: id, name, namespace };
}

/** How often the cluster was made to do it. */
const callsOf = (name: string, subresource: string) =>
  lab.control.ledger().filter((call) => call.name === name && call.kind.endsWith(`/${subresource}`));

const printable = (name: string) =>
  lab.control.objects("VirtualMachine").find(({ metadata }) => metadata.name === name)?.status?.[
    "printableStatus"
  ];

const hasAgent = (name: string) =>
  lab.control
    .objects("VirtualMachineInstance")
    .some(
      ({ metadata, status }) => metadata.name === name && JSON.stringify(status).includes("AgentConnected"),
    );

describe("each operation does on the cluster what it says", () => {
  test("a machine is paused, and goes on", { timeout: 60_000 }, async () => {
    const { vmId, name } = await running();
    const pause = await pauseVm(requester, order(vmId));
    expect(pause.status).toBe("ACCEPTED");
    expect(await endOf(pause)).toMatchObject({ status: "SUCCESS", operation: "PAUSE_VM" });
    expect([await statusOf(vmId), printable(name)]).toEqual(["PAUSED", "Paused"]);

    await expect(pauseVm(requester, order(vmId))).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "vm", state: "PAUSED", move: "pause" },
    });
    await expect(resetVm(requester, order(vmId))).rejects.toMatchObject({ code: "INVALID_STATE" });

    expect(await endOf(await resumeVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
    expect([await statusOf(vmId), printable(name)]).toEqual(["RUNNING", "Running"]);
    expect((await vmOf(vmId)).activeEventId).toBeNull();
    for (const action of ["vm.pause", "vm.resume"])
      expect(await db().auditLog.count({ where: { action, resourceId: vmId } })).toBe(1);
  });

  test(
    "a soft reboot and a reset keep the instance, and are over when they were taken",
    { timeout: 60_000 },
    async () => {
      const { vmId, name } = await running();
      // The instance's own report may follow the one that says Running.
      await expect.poll(async () => (await vmOf(vmId)).vmiUid, patience).not.toBeNull();
      const { vmiUid } = await vmOf(vmId);
      for (const [ask, subresource] of [
        [rebootVm, "softreboot"],
        [resetVm, "reset"],
      ] as const) {
        expect(await endOf(await ask(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
        expect(callsOf(name, subresource)).toHaveLength(1);
      }
      expect(await vmOf(vmId)).toMatchObject({ status: "RUNNING", vmiUid, activeEventId: null });
      expect(await db().powerCall.count()).toBe(0);
    },
  );

  test(
    "a forced stop ends a stop that hangs, and the stop says what took its place",
    { timeout: 60_000 },
    async () => {
      const { vmId, name, namespace } = await running();
      lab.control.edit("VirtualMachineInstance", namespace, name, (object) => ({
        ...object,
        metadata: {
          ...object.metadata,
          annotations: { ...object.metadata.annotations, "lab/hangs": "true" },
        },
      }));
      const stop = await stopVm(requester, order(vmId));
      await expect.poll(() => printable(name), patience).toBe("Stopping");
      await expect(pauseVm(requester, order(vmId))).rejects.toMatchObject({ code: "INVALID_STATE" });

      const force = await forceStopVm(requester, order(vmId));
      expect(await endOf(force)).toMatchObject({ status: "SUCCESS", operation: "FORCE_STOP_VM" });
      expect(await statusOf(vmId)).toBe("STOPPED");
      expect(await endOf(stop)).toMatchObject({ status: "FAILED", lastError: { code: "OVERTAKEN" } });

      expect(await endOf(await startVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
    },
  );

  test("a running and a paused machine are cut off at once", { timeout: 60_000 }, async () => {
    const { vmId } = await running();
    expect(await endOf(await forceStopVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
    expect(await statusOf(vmId)).toBe("STOPPED");
    await endOf(await startVm(requester, order(vmId)));
    await endOf(await pauseVm(requester, order(vmId)));
    expect(await endOf(await forceStopVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
    expect(await statusOf(vmId)).toBe("STOPPED");
  });
});

describe("bad luck on the way", () => {
  test("a pause whose answer was lost is not paused twice, and succeeds", { timeout: 60_000 }, async () => {
    const { vmId, name } = await running();
    lab.control.faults.set({ path: "/pause$", dropAnswer: true, times: 1 });
    expect(await endOf(await pauseVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
    expect(callsOf(name, "pause").filter(({ effective }) => effective)).toHaveLength(1);
    expect(await statusOf(vmId)).toBe("PAUSED");
  });

  test(
    "a reset whose answer was lost is pushed once, and says that nobody knows",
    { timeout: 60_000 },
    async () => {
      const { vmId, name } = await running();
      lab.control.faults.set({ path: "/reset$", dropAnswer: true, times: 5 });
      expect(await endOf(await resetVm(requester, order(vmId)))).toMatchObject({
        status: "FAILED",
        lastError: { code: "OUTCOME_UNKNOWN" },
      });
      expect(callsOf(name, "reset")).toHaveLength(1);
      expect(await vmOf(vmId)).toMatchObject({ status: "RUNNING", activeEventId: null });
      lab.control.faults.clear();
      expect(await endOf(await resetVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
    },
  );

  test(
    "a worker that died between the call and its answer leaves no second reset",
    { timeout: 60_000 },
    async () => {
      const { vmId, name } = await running();
      lab.control.faults.set({ path: "/reset$", status: 429, retryAfterSeconds: 1, times: 1 });
      const reset = await resetVm(requester, order(vmId));
      const attempts = () => db().domainEvent.findUniqueOrThrow({ where: { id: reset.eventId } });
      await expect.poll(async () => (await attempts()).attempt, patience).toBe(1);
      // As the worker leaves it that has called and not come back.
      await db().powerCall.createMany({ data: [{ eventId: reset.eventId }], skipDuplicates: true });
      expect(await endOf(reset)).toMatchObject({ status: "FAILED", lastError: { code: "OUTCOME_UNKNOWN" } });
      expect(callsOf(name, "reset").filter(({ effective }) => effective)).toHaveLength(0);
      expect(await db().powerCall.count({ where: { eventId: reset.eventId } })).toBe(0);
    },
  );

  test(
    "what the cluster surely refused is asked for again: 429, and KubeVirt out of reach",
    { timeout: 60_000 },
    async () => {
      const { vmId, name } = await running();
      lab.control.faults.set({ path: "/softreboot$", status: 429, retryAfterSeconds: 1, times: 1 });
      expect(await endOf(await rebootVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
      expect(callsOf(name, "softreboot").filter(({ effective }) => effective)).toHaveLength(1);
      lab.control.faults.set({ virtApiDown: true });
      const reset = await resetVm(requester, order(vmId));
      await expect
        .poll(async () => (await ticketOf(reset.ticketId)).attemptCount, patience)
        .toBeGreaterThan(0);
      lab.control.faults.clear();
      expect(await endOf(reset)).toMatchObject({ status: "SUCCESS" });
    },
  );

  test(
    "a guest that nobody can ask to reboot ends it with the cluster's own words",
    { timeout: 60_000 },
    async () => {
      const { vmId, name, namespace } = await running();
      // An agent that connects later would make up for the missing ACPI.
      await expect.poll(() => hasAgent(name), patience).toBe(true);
      lab.control.edit("VirtualMachineInstance", namespace, name, (object) => ({
        ...object,
        spec: {
          ...object.spec,
          domain: { ...domainOf(object.spec), features: { acpi: { enabled: false } } },
        },
        status: { ...object.status, conditions: [] },
      }));
      expect(await endOf(await rebootVm(requester, order(vmId)))).toMatchObject({
        status: "FAILED",
        lastError: {
          code: "CLUSTER_REJECTED",
          message: expect.stringContaining(
            "VMI neither have the agent connected nor the ACPI feature enabled",
          ),
        },
      });
      expect(await vmOf(vmId)).toMatchObject({ status: "RUNNING", activeEventId: null, statusMessage: null });
    },
  );
});

function domainOf(spec: Record<string, unknown> | undefined) {
  const domain = spec?.["domain"];
  return typeof domain === "object" && domain !== null ? domain : {};
}

describe("one at a time", () => {
  test(
    "while one is under way another is refused, and a cluster under maintenance begins nothing",
    { timeout: 60_000 },
    async () => {
      const { vmId } = await running();
      lab.control.faults.set({ path: "/pause$", status: 503, times: 3 });
      const pause = await pauseVm(requester, order(vmId));
      await expect(restartVm(requester, order(vmId))).rejects.toMatchObject({
        code: "INVALID_STATE",
        params: { state: "busy" },
      });
      lab.control.faults.clear();
      expect(await endOf(pause)).toMatchObject({ status: "SUCCESS" });
      await endOf(await resumeVm(requester, order(vmId)));

      const { clusterId } = await vmOf(vmId);
      await db().cluster.update({ where: { id: clusterId }, data: { maintenance: true } });
      try {
        await expect(restartVm(requester, order(vmId))).rejects.toMatchObject({
          code: "CLUSTER_MAINTENANCE",
        });
        expect(await endOf(await stopVm(requester, order(vmId)))).toMatchObject({ status: "SUCCESS" });
        await expect(startVm(requester, order(vmId))).rejects.toMatchObject({ code: "CLUSTER_MAINTENANCE" });
      } finally {
        await db().cluster.update({ where: { id: clusterId }, data: { maintenance: false } });
      }
    },
  );

  test("many are paused in one batch, with a result for each", { timeout: 60_000 }, async () => {
    const machines = [await running(), await running()];
    const vmId = machines.map((machine) => machine.vmId);
    const { batchId } = await operateVms(requester, {
      vmId,
      operation: "PAUSE_VM",
      reason: "",
      requestId: newId(),
    });
    await expect.poll(async () => (await readBatch(requester, batchId)).status, patience).toBe("COMPLETED");
    const { children } = await readBatch(requester, batchId);
    expect(children.map(({ operation, status }) => [operation, status])).toEqual([
      ["PAUSE_VM", "SUCCESS"],
      ["PAUSE_VM", "SUCCESS"],
    ]);
    for (const id of vmId) expect(await statusOf(id)).toBe("PAUSED");
  });
});
