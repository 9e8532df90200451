import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { checkInvariants } from "@/e2e/bench/invariants/check-all";
import { aVmWish } from "@/e2e/factories/request";
import { db } from "@/lib/core/db";
import { requestVm } from "@/lib/requests/request-vm";
import {
  aHealthyCluster,
  approve,
  approveCreation,
  readEvent,
  somePeople,
  type Creation,
  type People,
} from "./creations";
import { Crew } from "./crew";
import { startLabProcess, type LabProcess } from "./lab-process";
import { randomFrom } from "./random";
import { holdVmRow } from "./row-lock";
import type { WorkerProcess } from "./worker-process";

const kills = 20;
/** Of these, every fourth strikes between the cluster's answer and its record; the others at any point. */
const heldEvery = 5;
const convergedWithinMs = 20_000;
const crewSize = 3;
/** Slow enough that each call is a stretch of time in which a worker can die. */
const clusterLatencyMs = 40;

const seed = Number(process.env["FAULT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const random = randomFrom(seed);

let lab: LabProcess;
let people: People;
const crew = new Crew(crewSize);

beforeAll(async () => {
  lab = await startLabProcess({ speed: 20 });
  await crew.muster(2);
  people = await somePeople();
  await aHealthyCluster(lab.kubeconfig);
  await lab.control.setFaults({ latencyMs: clusterLatencyMs, path: "/namespaces/" });
});

afterAll(async () => {
  await crew.dismiss();
  await lab.stop();
});

interface Struck extends Creation {
  /** When a kill last took something that this creation needed. */
  struckAt: number;
  stage: "queued" | "before the call" | "unrecorded call" | "recorded call";
}

test("workers killed at 20 points of provisioning lose nothing, double nothing, and others end their work", async () => {
  const windowMs = await measureWindow();
  const struck: Struck[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const submitted = await requestVm(people.requester, await aVmWish(people.requester));
    await crew.muster(2);
    const creation = await approve(people, submitted);
    const isHeld = kill % heldEvery === heldEvery - 1;
    struck.push(
      isHeld ? await killBeforeRecord(creation, struck) : await killAtRandom(creation, struck, windowMs),
    );
  }

  const outcomes = await awaitOutcomes(struck);
  const lost = outcomes.filter(({ status }) => status !== "SUCCESS");
  const doubled = await findDoubled(struck);
  const slowestMs = Math.max(...outcomes.map(({ convergedMs }) => convergedMs));
  report({ windowMs, struck, lost: lost.length, doubled: doubled.length, slowestMs });
  expect(lost).toEqual([]);
  expect(doubled).toEqual([]);
  expect(slowestMs).toBeLessThanOrEqual(convergedWithinMs);
  expect(await checkInvariants()).toEqual([]);
}, 240_000);

/** From the approval's commit to the recorded apply, by the database's clock, undisturbed. */
async function measureWindow(): Promise<number> {
  const { eventId } = await approveCreation(people);
  return vi.waitFor(async () => {
    const rows = await db().$queryRaw<{ ms: number | null }[]>`
      SELECT (extract(epoch FROM (steps ->> 'applied')::timestamptz - started_at) * 1000)::float8 AS ms
      FROM domain_events WHERE id = ${eventId}`;
    const ms = rows[0]?.ms ?? null;
    if (ms === null) throw new Error("not applied yet");
    return ms;
  }, 15_000);
}

async function killAtRandom(creation: Creation, earlier: Struck[], windowMs: number): Promise<Struck> {
  await wait(Math.max(0, creation.approvedAt + random() * windowMs - performance.now()));
  return kill(creation, earlier, await victimOf(creation));
}

/** The machine's row is locked, so the apply has happened and its record waits: the worst moment to die. */
async function killBeforeRecord(creation: Creation, earlier: Struck[]): Promise<Struck> {
  const release = await holdVmRow(creation.vmId);
  try {
    await vi.waitFor(async () => expect(await createsOf(creation.vmName)).toBe(1), {
      timeout: 15_000,
      interval: 20,
    });
    return await kill(creation, earlier, await victimOf(creation));
  } finally {
    await release();
  }
}

function victimOf({ eventId }: Creation): Promise<WorkerProcess> {
  return crew.workingOn(eventId, (count) => Math.floor(random() * count));
}

/** Whatever the dead worker held counts from this kill: the work on events, and the watching of the cluster. */
async function kill(creation: Creation, earlier: Struck[], victim: WorkerProcess): Promise<Struck> {
  crew.kill(victim);
  const struckAt = Date.now();
  const held = await db().domainEvent.findMany({
    where: { leaseOwner: victim.workerId },
    select: { id: true },
  });
  const watched = await db().clusterReflector.count({ where: { ownerId: victim.workerId } });
  for (const one of earlier) {
    if (watched > 0 || held.some(({ id }) => id === one.eventId)) one.struckAt = struckAt;
  }
  const wasHeld = held.some(({ id }) => id === creation.eventId);
  return { ...creation, struckAt, stage: await stageAt(creation, struckAt, wasHeld) };
}

async function stageAt(
  { eventId, vmName }: Creation,
  at: number,
  wasHeld: boolean,
): Promise<Struck["stage"]> {
  const { steps } = await readEvent(eventId);
  if (JSON.stringify(steps).includes('"applied"')) return "recorded call";
  const call = (await lab.control.ledger()).find(
    (entry) => entry.name === vmName && entry.effective && !entry.dryRun,
  );
  if (call !== undefined && Date.parse(call.at) <= at) return "unrecorded call";
  return wasHeld ? "before the call" : "queued";
}

async function createsOf(vmName: string): Promise<number> {
  const creates = (await lab.control.ledger()).filter(({ effective, dryRun }) => effective && !dryRun);
  return creates.filter(({ name, kind }) => name === vmName && kind === "virtualmachines").length;
}

async function awaitOutcomes(struck: Struck[]) {
  const ids = struck.map(({ ticketId }) => ticketId);
  const unfinished = { where: { id: { in: ids }, finishedAt: null } };
  await vi
    .waitFor(async () => expect(await db().approvalTicket.count(unfinished)).toBe(0), {
      timeout: 60_000,
      interval: 200,
    })
    .catch(() => undefined);
  const tickets = await db().approvalTicket.findMany({ where: { id: { in: ids } } });
  return struck.map((one) => {
    const ticket = tickets.find(({ id }) => id === one.ticketId);
    const finishedAt = ticket?.finishedAt?.getTime() ?? Infinity;
    return {
      vm: one.vmName,
      stage: one.stage,
      status: ticket?.status,
      convergedMs: finishedAt - one.struckAt,
    };
  });
}

async function findDoubled(struck: Struck[]): Promise<string[]> {
  const counts = await Promise.all(
    struck.map(async ({ vmName }) => [vmName, await createsOf(vmName)] as const),
  );
  return counts.filter(([, creates]) => creates !== 1).map(([name, creates]) => `${name}: ${creates}`);
}

function report(run: {
  windowMs: number;
  struck: Struck[];
  lost: number;
  doubled: number;
  slowestMs: number;
}): void {
  const stages = Object.entries(Object.groupBy(run.struck, ({ stage }) => stage));
  const spread = stages.map(([stage, some]) => `${stage} ${some.length}`).join(", ");
  process.stdout.write(
    `${kills} kills, ${run.lost} lost, ${run.doubled} doubled, slowest ${(run.slowestMs / 1000).toFixed(1)} s ` +
      `(seed ${seed}, window ${run.windowMs.toFixed(0)} ms; ${spread})\n`,
  );
}
