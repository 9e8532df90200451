import { afterAll, beforeAll, expect, test } from "vitest";
import { checkInvariants } from "@/e2e/bench/invariants/check-all";
import { aVmWish } from "@/e2e/factories/request";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { startWorker } from "@/lib/processes/start-worker";
import { requestVm } from "@/lib/requests/request-vm";
import {
  aHealthyCluster,
  approve,
  approveCreation,
  readTicket,
  somePeople,
  type Creation,
  type People,
} from "./creations";
import { startOwnDatabase, type OwnDatabase } from "./own-database";

let database: OwnDatabase;
let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let people: People;

beforeAll(async () => {
  database = await startOwnDatabase();
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  people = await somePeople();
  await aHealthyCluster(lab.kubeconfig);
});

afterAll(async () => {
  await worker.stop();
  await lab.stop();
  await database.stop();
});

const statusOf = async ({ ticketId }: Creation) => (await readTicket(ticketId)).status;

test("PostgreSQL restarts in the middle of provisioning: everybody reconnects, nothing is lost or made twice", async () => {
  const later = await requestVm(people.requester, await aVmWish(people.requester));
  lab.control.faults.set({ latencyMs: 300, path: "/namespaces/" });
  const creations = [
    await approveCreation(people),
    await approveCreation(people),
    await approveCreation(people),
  ];

  const restarted = database.restart(1_500);
  const refused = await readTicket(later.ticketId).then(
    () => readTicketUntilItFails(later.ticketId),
    (error: unknown) => error,
  );
  await restarted;
  const backAt = Date.now();

  expect(isDatabaseUnavailable(refused)).toBe(true);
  expect((await readTicket(later.ticketId)).status).toBe("PENDING");
  creations.push(await approveWhenHeard(later));
  for (const creation of creations) {
    await expect.poll(() => statusOf(creation), { timeout: 40_000 }).toBe("SUCCESS");
    const creates = lab.control
      .ledger()
      .filter(({ name, effective, dryRun }) => name === creation.vmName && effective && !dryRun);
    expect(creates).toHaveLength(1);
  }
  process.stdout.write(
    `PostgreSQL restarted: all at rest ${((Date.now() - backAt) / 1000).toFixed(1)} s after it was back\n`,
  );
  expect(await checkInvariants()).toEqual([]);
}, 90_000);

/** The server ends its connections a moment after it was asked to. */
async function readTicketUntilItFails(ticketId: string): Promise<unknown> {
  for (;;) {
    try {
      await readTicket(ticketId);
    } catch (error) {
      return error;
    }
  }
}

/** The worker may still be on its way back; an approval that cannot ask it writes nothing and is pressed again. */
async function approveWhenHeard(submitted: { ticketId: string; eventId: string }): Promise<Creation> {
  try {
    return await approve(people, submitted);
  } catch {
    return approve(people, submitted);
  }
}
