import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db } from "@/lib/core/db";
import {
  aHealthyCluster,
  approveCreation,
  readEvent,
  readTicket,
  somePeople,
  type People,
} from "./creations";
import { startLabProcess, type LabProcess } from "./lab-process";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

let lab: LabProcess;
let people: People;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  lab = await startLabProcess({ speed: 20 });
  workers.push(await startWorkerProcess());
  people = await somePeople();
  await aHealthyCluster(lab.kubeconfig);
});

afterAll(async () => {
  for (const worker of workers) worker.signal("SIGKILL");
  await Promise.all(workers.map(({ ended }) => ended));
  await lab.stop();
});

/** PostgreSQL's own version of a row: it changes with every write, whatever is written. */
async function rowVersions(eventId: string, vmId: string): Promise<unknown> {
  return db().$queryRaw`
    SELECT (SELECT xmin::text FROM domain_events WHERE id = ${eventId}) AS event,
      (SELECT xmin::text FROM vms WHERE id = ${vmId}) AS vm`;
}

test("a worker that sleeps past its lease in the middle of an apply wakes up to find that it is over", async () => {
  const [zombie] = workers;
  if (zombie === undefined) throw new Error("no worker");
  await lab.control.setFaults({ latencyMs: 2_000, path: "/virtualmachines/", method: "PATCH" });
  const creation = await approveCreation(people);
  // The name is looked up right before the apply, which then takes two seconds; the dry run looks nothing up.
  const inApply = async () => {
    expect(await lab.control.requests()).toMatchObject({ "get virtualmachines": 1 });
    expect((await readEvent(creation.eventId)).leaseOwner).toBe(zombie.workerId);
  };
  await vi.waitFor(inApply, { timeout: 15_000, interval: 20 });
  zombie.signal("SIGSTOP");
  const stoppedAt = Date.now();
  workers.push(await startWorkerProcess());

  const isOver = async () => expect((await readTicket(creation.ticketId)).status).toBe("SUCCESS");
  await vi.waitFor(isOver, { timeout: 30_000, interval: 100 });
  const event = await readEvent(creation.eventId);
  // The other worker took the lease over, or saw the machine run and closed the event: either ends the sleeper's claim.
  expect(event.leaseOwner).not.toBe(zombie.workerId);
  expect(event).toMatchObject({ status: "COMPLETED" });
  const before = await rowVersions(creation.eventId, creation.vmId);

  const wokenAt = new Date();
  zombie.signal("SIGCONT");
  const isAwake = async () => {
    const row = await db().workerInstance.findUniqueOrThrow({ where: { id: zombie.workerId } });
    expect(row.lastHeartbeat.getTime()).toBeGreaterThan(wokenAt.getTime());
  };
  await vi.waitFor(isAwake, { timeout: 15_000, interval: 100 });

  expect(await rowVersions(creation.eventId, creation.vmId)).toEqual(before);
  const creates = (await lab.control.ledger()).filter(
    ({ name, kind, effective, dryRun }) =>
      name === creation.vmName && kind === "virtualmachines" && effective && !dryRun,
  );
  expect(creates).toHaveLength(1);
  const { processedAt } = event;
  expect((processedAt?.getTime() ?? Infinity) - stoppedAt).toBeLessThanOrEqual(20_000);
}, 90_000);
