import { describe, expect, test } from "vitest";
import { Prisma } from "@/prisma/generated/client";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { aVm } from "@/e2e/factories/vm";
import { findWrongQuotas } from "@/e2e/bench/invariants/check-quotas";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { cancelRequest } from "../cancel-request";
import { rejectRequest } from "../reject-request";
import { requestVm } from "../request-vm";
import { capacityOutlook, listUnheldMachines, readQuota } from "./queries";
import { reweighReservation } from "./hold-reservation";
import { holdMachine } from "./hold-machine.handler";
import { noLimits } from "./schema";
import { setQuota } from "./set-quota";
import { settleReservation } from "./settle-reservation";

const developer = "role-development-engineer";

async function limit(systemId: string, limits: Partial<typeof noLimits>) {
  await setQuota(platformContext("test"), { systemId, environment: "test", ...noLimits, ...limits });
}

/** A wish of a System of its own, of one core and two gibibytes. */
async function aWish() {
  const requester = await aPerson(developer);
  const wish = await aVmWish(requester);
  const { systemId } = await db().service.findUniqueOrThrow({ where: { id: wish.serviceId } });
  return { requester, wish, systemId };
}

async function usageOf(systemId: string) {
  const row = await db().quotaUsage.findUnique({
    where: { systemId_environment: { systemId, environment: "test" } },
  });
  return { vms: row?.usedVms ?? 0, cpuCores: Number(row?.usedCpuCores ?? 0), diskGb: row?.usedDiskGb ?? 0 };
}

describe("a request takes its room when it is submitted", () => {
  test("it is held with the launcher's memory, and the meter counts it", async () => {
    const { requester, wish, systemId } = await aWish();
    const { ticketId } = await requestVm(requester, wish);
    const held = await db().reservation.findUniqueOrThrow({ where: { ticketId } });
    expect(held).toMatchObject({ state: "HELD", vms: 1, diskGb: 20, gpus: 0, vmId: null });
    expect(held.memoryGi.toNumber()).toBe(2.266);
    const row = await readQuota(requester, { systemId, environment: "test" });
    expect(row).toMatchObject({ limits: null, used: { vms: 1, cpuCores: 1, memoryGi: 2.266, diskGb: 20 } });
  });

  test("over the limit it is refused with what is short, and nothing is written", async () => {
    const { requester, wish, systemId } = await aWish();
    await limit(systemId, { vms: 5, cpuCores: 0.5, diskGb: 19 });
    const error = await requestVm(requester, wish).catch((refused: unknown) => refused);
    if (!(error instanceof AppError)) throw new Error("this was not refused");
    expect(error).toMatchObject({
      code: "QUOTA_EXCEEDED",
      status: 422,
      params: { environment: "test", what: "cpuCores", limit: 0.5, used: 0, wanted: 1 },
    });
    expect(error.fields.map(({ field }) => field)).toEqual(["cpuCores", "diskGb"]);
    expect(await db().approvalTicket.count({ where: { systemId } })).toBe(0);
    expect(await usageOf(systemId)).toMatchObject({ vms: 0, cpuCores: 0, diskGb: 0 });
  });

  test("two hundred at once for the last place make exactly one", async () => {
    const { requester, wish, systemId } = await aWish();
    await limit(systemId, { vms: 1 });
    // Each for another size, so that only the quota stands between them.
    const sizes = await Promise.all(Array.from({ length: 200 }, () => aSize()));
    const results = await Promise.allSettled(
      sizes.map(({ id }) => askUntilAnswered(() => requestVm(requester, { ...wish, instanceSizeId: id }))),
    );
    const refusals = results.filter(({ status }) => status === "rejected");
    const codes = new Set(
      refusals.map((result) => (result.status === "rejected" ? codeOf(result.reason) : "made")),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect([...codes]).toEqual(["QUOTA_EXCEEDED"]);
    expect(await usageOf(systemId)).toMatchObject({ vms: 1 });
    expect(await db().reservation.count({ where: { systemId } })).toBe(1);
  }, 120_000);
});

/** Two hundred wait for ten connections; who did not get one in time asks again, as a client does. */
async function askUntilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2028") throw error;
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : String(error);
}

describe("the room comes back", () => {
  test("when its requester withdraws", async () => {
    const { requester, wish, systemId } = await aWish();
    const { ticketId } = await requestVm(requester, wish);
    await cancelRequest(requester, { ticketId, reason: "" });
    expect(await db().reservation.findUniqueOrThrow({ where: { ticketId } })).toMatchObject({
      state: "RELEASED",
    });
    expect(await usageOf(systemId)).toMatchObject({ vms: 0, cpuCores: 0, diskGb: 0 });
  });

  test("when it is rejected", async () => {
    const { requester, wish, systemId } = await aWish();
    const { ticketId } = await requestVm(requester, wish);
    await rejectRequest(await anAdministrator(), { ticketId, reason: "Not now" });
    expect(await usageOf(systemId)).toMatchObject({ vms: 0 });
  });

  test("when its creation fails, once however often that is told", async () => {
    const { requester, wish, systemId } = await aWish();
    const { ticketId } = await requestVm(requester, wish);
    const fail = () => inTransaction((tx) => settleReservation(tx, { ticketId, outcome: "failed" }));
    await fail();
    await fail();
    expect(await usageOf(systemId)).toMatchObject({ vms: 0 });
  });

  test("what was made keeps its room until its row goes", async () => {
    const { requester, wish, systemId } = await aWish();
    const { ticketId } = await requestVm(requester, wish);
    const cluster = await aCluster();
    const vm = await aVm({
      clusterId: cluster.id,
      namespace: wish.namespace,
      serviceId: wish.serviceId,
      ticketId,
    });
    await db().approvalTicket.update({ where: { id: ticketId }, data: { resourceId: vm.id } });
    await inTransaction((tx) => settleReservation(tx, { ticketId, outcome: "succeeded" }));
    expect(await db().reservation.findUniqueOrThrow({ where: { ticketId } })).toMatchObject({
      ...{ state: "KEPT", vmId: vm.id, clusterId: cluster.id },
    });
    await db().vm.delete({ where: { id: vm.id } });
    expect(await db().reservation.findUniqueOrThrow({ where: { ticketId } })).toMatchObject({
      state: "RELEASED",
    });
    expect(await usageOf(systemId)).toMatchObject({ vms: 0 });
  });
});

describe("what an approver changes", () => {
  test("smaller gives back, larger takes more, and more than there is is refused", async () => {
    const { requester, wish, systemId } = await aWish();
    await limit(systemId, { cpuCores: 2 });
    const { ticketId } = await requestVm(requester, wish);
    const weigh = (cpuCores: number) => {
      const demand = { vms: 1, cpuCores, memoryGi: 2.266, diskGb: 20, gpus: 0 };
      return inTransaction((tx) => reweighReservation(tx, { ticketId, demand }));
    };
    await weigh(0.5);
    expect(await usageOf(systemId)).toMatchObject({ cpuCores: 0.5 });
    await weigh(2);
    expect(await usageOf(systemId)).toMatchObject({ cpuCores: 2 });
    await expect(weigh(2.5)).rejects.toMatchObject({ code: "QUOTA_EXCEEDED" });
    expect(await usageOf(systemId)).toMatchObject({ cpuCores: 2 });
  });
});

test("a change of a machine holds what it adds, and when it has happened the machine holds what it is", async () => {
  const { requester, wish, systemId } = await aWish();
  const { ticketId } = await requestVm(requester, wish);
  const { serviceId, namespace } = wish;
  const cluster = await aCluster();
  const vm = await aVm({ clusterId: cluster.id, namespace, serviceId, status: "RUNNING", diskGb: 20 });
  await holdMachine({ vmId: vm.id });
  const before = await usageOf(systemId);
  await db().reservation.update({
    where: { ticketId },
    data: { vmId: vm.id, vms: 0, cpuCores: 3, diskGb: 0 },
  });
  await db().approvalTicket.update({
    where: { id: ticketId },
    data: { operationType: "MODIFY", resourceId: vm.id },
  });
  expect((await usageOf(systemId)).cpuCores).toBe(4);
  await db().vm.update({ where: { id: vm.id }, data: { cpuCores: 4 } });
  await inTransaction((tx) => settleReservation(tx, { ticketId, outcome: "succeeded" }));
  expect(before).toMatchObject({ vms: 2, cpuCores: 2 });
  expect(await usageOf(systemId)).toMatchObject({ vms: 1, cpuCores: 4, diskGb: 20 });
});

describe("machines that nobody asked for here", () => {
  test("an adopted one takes its room, once, even over the limit", async () => {
    const cluster = await aCluster();
    const namespace = await aNamespace();
    const vm = await aVm({
      ...{ clusterId: cluster.id, namespace: namespace.name, status: "RUNNING", origin: "adopted" },
      ...{ ticketId: null, templateId: null, templateVersion: null, instanceSizeId: null },
      cpuCores: 8,
    });
    const { service } = await db().vm.findUniqueOrThrow({ where: { id: vm.id }, include: { service: true } });
    await limit(service.systemId, { cpuCores: 4 });
    expect(await listUnheldMachines()).toContainEqual({ vmId: vm.id });
    await Promise.all([holdMachine({ vmId: vm.id }), holdMachine({ vmId: vm.id })]);
    expect(await usageOf(service.systemId)).toMatchObject({ vms: 1, cpuCores: 8 });
    expect(await listUnheldMachines()).not.toContainEqual({ vmId: vm.id });
  });
});

test("a cluster's outlook counts each other pending request that could land there", async () => {
  const node = { name: "a", ready: true, schedulable: true, cpuCores: 16, memoryBytes: 64 * 1024 ** 3 };
  const nothing = { gpuDevices: [], hugepages: [], sriovNetworks: [], partial: [] };
  const detectedCapabilities = { ...nothing, nodes: [node], cdi: true, snapshots: true };
  const cluster = await aCluster({ detectedCapabilities });
  const { requester, wish } = await aWish();
  const [template, other] = await Promise.all([aTemplate(), aTemplate()]);
  const mine = await requestVm(requester, { ...wish, templateId: template.id });
  await requestVm(requester, { ...wish, templateId: other.id });
  const look = async (exceptTicketId: string | null) =>
    (await capacityOutlook(db(), { clusterIds: [cluster.id], exceptTicketId }))[cluster.id];
  const all = await look(null);
  const others = await look(mine.ticketId);
  expect(all?.now.cpuCores).toEqual({ total: 16, committed: 0 });
  expect((all?.pending ?? 0) - (others?.pending ?? 0)).toBe(1);
  const added =
    (all?.afterAllPending.cpuCores.committed ?? 0) - (others?.afterAllPending.cpuCores.committed ?? 0);
  expect(added).toBe(1);
});

test("after all of this every meter is the sum of what is held", async () => {
  expect(await findWrongQuotas()).toEqual([]);
});
