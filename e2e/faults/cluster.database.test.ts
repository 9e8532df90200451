import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkInvariants } from "@/e2e/bench/invariants/check-all";
import { aNamespace } from "@/e2e/factories/namespace";
import type { Fault } from "@/e2e/lab/kubevirt/faults";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { db } from "@/lib/core/db";
import { startWorker } from "@/lib/processes/start-worker";
import {
  aHealthyCluster,
  approveCreation,
  readEvent,
  readTicket,
  somePeople,
  type Creation,
  type People,
} from "./creations";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let people: People;
let clusterId: string;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  people = await somePeople();
  clusterId = await aHealthyCluster(lab.kubeconfig);
});

// The worker's own look may have fallen into the last test's fault; until the next one, no cluster would fit.
beforeEach(() => checkCluster({ clusterId }));

afterEach(() => {
  lab.control.faults.clear();
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

/** The apply of a machine, and not the dry run that comes before its approval. */
const realApply = { method: "PATCH", path: "/virtualmachines/(?!.*dryRun)" };
/** The look for the name comes right before the apply. */
const beforeApply = "/virtualmachines/(?!.*dryRun)";

async function approvedDuring(fault: Fault): Promise<Creation> {
  lab.control.faults.set(fault);
  return approveCreation(people);
}

const statusOf = async ({ ticketId }: Creation) => (await readTicket(ticketId)).status;

function appliesOf(creation: Creation) {
  return lab.control
    .ledger()
    .filter(({ name, method, dryRun }) => name === creation.vmName && method === "PATCH" && !dryRun);
}

function createsOf(creation: Creation): number {
  return appliesOf(creation).filter(({ effective }) => effective).length;
}

/** What the request's page shows while it goes on: that it is under way, and the cluster's words. */
async function seenTrouble(creation: Creation) {
  const look = async () => (await readTicket(creation.ticketId)).lastError;
  await expect.poll(look, { timeout: 15_000, interval: 30 }).not.toBeNull();
  return readTicket(creation.ticketId);
}

describe("trouble that passes", () => {
  test("a cluster that goes down in the middle and comes back: the request waits, says so, and succeeds", async () => {
    const creation = await approvedDuring({ latencyMs: 800, path: beforeApply, times: 1 });
    lab.control.faults.set({ refuse: 4_000 });

    const during = await seenTrouble(creation);
    expect(during.status).toBe("EXECUTING");
    expect(during.lastError).toMatchObject({ code: "CLUSTER_UNAVAILABLE" });
    expect((await readEvent(creation.eventId)).errorMessage).not.toBeNull();
    await expect.poll(() => statusOf(creation), { timeout: 30_000 }).toBe("SUCCESS");
    expect(createsOf(creation)).toBe(1);
  }, 60_000);

  test("a cluster that accepts the call and never answers is asked again", async () => {
    const creation = await approvedDuring({ hang: true, times: 1, ...realApply });

    const during = await seenTrouble(creation);
    expect(during.lastError).toMatchObject({ code: "CLUSTER_UNAVAILABLE" });
    expect(JSON.stringify(during.lastError)).toMatch(/time|answer/i);
    await expect.poll(() => statusOf(creation), { timeout: 30_000 }).toBe("SUCCESS");
    expect(createsOf(creation)).toBe(1);
  }, 60_000);

  test("an answer that is lost is no failure: the machine is found by name, and made once", async () => {
    const creation = await approvedDuring({ dropAnswer: true, times: 1, ...realApply });

    await expect.poll(() => statusOf(creation), { timeout: 30_000 }).toBe("SUCCESS");
    expect(createsOf(creation)).toBe(1);
    expect(appliesOf(creation)).toHaveLength(1);
  }, 60_000);

  test("virt-api down: the cluster's words are shown, and the request succeeds when it is back", async () => {
    const creation = await approvedDuring({ latencyMs: 800, path: beforeApply, times: 1 });
    lab.control.faults.set({ virtApiDown: true });

    const during = await seenTrouble(creation);
    expect(during.status).toBe("EXECUTING");
    expect(JSON.stringify(during.lastError)).toMatch(/webhook|virt/i);
    lab.control.faults.clear();
    await expect.poll(() => statusOf(creation), { timeout: 40_000 }).toBe("SUCCESS");
    expect(createsOf(creation)).toBe(1);
  }, 60_000);

  test("a namespace that was removed by hand after it was made is made again", async () => {
    const namespace = (await aNamespace()).name;
    const first = await approveCreation(people, { namespace });
    await expect.poll(() => statusOf(first), { timeout: 20_000 }).toBe("SUCCESS");
    lab.control.remove("VirtualMachine", namespace, first.vmName);
    await expect
      .poll(() =>
        lab.control.objects("VirtualMachine").some(({ metadata }) => metadata.name === first.vmName),
      )
      .toBe(false);
    lab.control.remove("Namespace", undefined, namespace);
    await expect
      .poll(() => lab.control.objects("Namespace").some(({ metadata }) => metadata.name === namespace))
      .toBe(false);

    const second = await approveCreation(people, { namespace });
    await expect.poll(() => statusOf(second), { timeout: 30_000 }).toBe("SUCCESS");
    expect(createsOf(second)).toBe(1);
  }, 60_000);
});

describe("a clear no", () => {
  test.for([
    [409, "conflict"],
    [422, "refused by admission"],
    [403, "forbidden"],
  ] as const)(
    "%i, %s: the request fails with the cluster's words after three calls at most",
    { timeout: 60_000 },
    async ([status]) => {
      // A fourth call would be let through and the machine would come to be.
      const creation = await approvedDuring({ status, times: 3, ...realApply });

      await expect.poll(() => statusOf(creation), { timeout: 20_000 }).toBe("FAILED");
      const ticket = await readTicket(creation.ticketId);
      expect(ticket.lastError).toMatchObject({ code: "CLUSTER_REJECTED" });
      expect(JSON.stringify(ticket.lastError)).toContain("an error on the server has prevented the request");
      const vm = await db().vm.findUniqueOrThrow({ where: { id: creation.vmId } });
      expect(vm).toMatchObject({ status: "FAILED", activeEventId: null });
      expect(vm.statusMessage).toContain("an error on the server");
      expect(await readEvent(creation.eventId)).toMatchObject({
        status: "FAILED",
        errorMessage: vm.statusMessage,
      });
      expect(createsOf(creation)).toBe(0);
    },
  );

  test("a token that may not apply: the request fails at once and names what is missing", async () => {
    const restricted = await startKubevirtLab({ clockSpeed: 20 });
    try {
      await enableOnly("none");
      await aHealthyCluster(restricted.restrictedKubeconfig);
      const creation = await approveThenRestrict(restricted);

      await expect.poll(() => statusOf(creation), { timeout: 20_000 }).toBe("FAILED");
      const ticket = await readTicket(creation.ticketId);
      expect(JSON.stringify(ticket.lastError)).toContain("forbidden");
    } finally {
      await enableOnly(clusterId);
      await restricted.stop();
    }
  }, 60_000);
});

async function enableOnly(id: string): Promise<void> {
  await db().$executeRaw`UPDATE clusters SET enabled = (id = ${id})`;
}

async function approveThenRestrict(restricted: KubevirtLab): Promise<Creation> {
  restricted.control.faults.set({ latencyMs: 800, method: "GET", path: "/virtualmachines/", times: 1 });
  const creation = await approveCreation(people);
  restricted.control.restrict(["patch virtualmachines", "create virtualmachines"]);
  return creation;
}

test("after all of it, the invariants hold", async () => {
  expect(await checkInvariants()).toEqual([]);
});
