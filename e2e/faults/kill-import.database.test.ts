import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { machineManifest } from "@/e2e/lab/kubevirt/lab-client";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { importVms } from "@/lib/vms/adoption/import-vms";
import { previewImport } from "@/lib/vms/adoption/preview-import";
import { aHealthyCluster } from "./creations";
import { Crew } from "./crew";
import { startLabProcess, type LabProcess } from "./lab-process";
import { randomFrom } from "./random";
import { holdServiceRow } from "./row-lock";

const kills = 4;
/** Every fourth strikes between the cluster's answer and its record; the others at any point. */
const heldEvery = 4;
const convergedWithinMs = 20_000;
const windowMs = 400;
/** Slow enough that each call is a stretch of time in which a worker can die. */
const clusterLatencyMs = 40;

const seed = Number(process.env["FAULT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const random = randomFrom(seed);

let lab: LabProcess;
let admin: Context;
let clusterId: string;
let namespace: string;
let serviceId: string;
const crew = new Crew(3);

beforeAll(async () => {
  lab = await startLabProcess({ speed: 20 });
  await crew.muster(2);
  admin = await anAdministrator();
  serviceId = (await aService(await aPerson("role-development-engineer"))).id;
  namespace = (await aNamespace()).name;
  clusterId = await aHealthyCluster(lab.kubeconfig);
  await lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await lab.control.setFaults({ latencyMs: clusterLatencyMs, path: "/namespaces/" });
});

afterAll(async () => {
  await crew.dismiss();
  await lab.stop();
});

interface Struck {
  eventId: string;
  name: string;
  struckAt: number;
}

test("workers killed at any point of an import lose none, double none, and others end their work", async () => {
  const struck: Struck[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await crew.muster(2);
    const isHeld = kill % heldEvery === heldEvery - 1;
    struck.push(isHeld ? await killBeforeRecord() : await killAtRandom());
  }
  const ended = await Promise.all(struck.map(awaitEnd));
  const rows = await db().vm.findMany({ where: { namespace }, select: { name: true, origin: true } });
  const writes = await Promise.all(struck.map(({ name }) => writesOf(name)));
  const slowestMs = Math.max(...ended.map(({ tookMs }) => tookMs));
  process.stdout.write(
    `${kills} kills of an import, ${ended.filter(({ status }) => status !== "COMPLETED").length} lost, ` +
      `${writes.filter((count) => count !== 1).length} doubled, slowest ${(slowestMs / 1000).toFixed(1)} s (seed ${seed})\n`,
  );

  expect(ended.map(({ status }) => status)).toEqual(struck.map(() => "COMPLETED"));
  expect(rows.map(({ name }) => name).sort()).toEqual(struck.map(({ name }) => name).sort());
  expect(new Set(rows.map(({ origin }) => origin))).toEqual(new Set(["imported"]));
  expect(writes).toEqual(struck.map(() => 1));
  const recorded = { action: "vm.import", resourceName: { in: struck.map(({ name }) => name) } };
  expect(await db().auditLog.count({ where: recorded })).toBe(kills);
  expect(await db().pendingAdoption.count({ where: { namespace, status: "PENDING" } })).toBe(0);
  expect(slowestMs).toBeLessThanOrEqual(convergedWithinMs);
}, 240_000);

async function startImport(): Promise<{ eventId: string; name: string }> {
  const name = `old-${newId().slice(-8)}`;
  await lab.control.put({ ...machineManifest(name), metadata: { name, namespace } });
  const place = { clusterId, serviceId };
  const { machines } = await previewImport(admin, { ...place, machines: [{ namespace, name }] });
  const agreed = machines.map(({ uid, fingerprint, instance }) => ({
    ...{ namespace, name, instance },
    ...{ uid: uid ?? "", fingerprint: fingerprint ?? "" },
  }));
  const { imports } = await importVms(admin, { ...place, machines: agreed });
  return { eventId: imports[0]?.eventId ?? "", name };
}

async function killAtRandom(): Promise<Struck> {
  const started = await startImport();
  await wait(random() * windowMs);
  return strike(started);
}

/** The Service's row is locked, so the labels are there and the machine's row waits: the worst moment to die. */
async function killBeforeRecord(): Promise<Struck> {
  const started = await startImport();
  const release = await holdServiceRow(serviceId);
  try {
    await vi.waitFor(async () => expect(await writesOf(started.name)).toBe(1), {
      timeout: 15_000,
      interval: 20,
    });
    return await strike(started);
  } finally {
    await release();
  }
}

async function strike(started: { eventId: string; name: string }): Promise<Struck> {
  crew.kill(await crew.workingOn(started.eventId, (count) => Math.floor(random() * count)));
  return { ...started, struckAt: Date.now() };
}

async function writesOf(name: string): Promise<number> {
  const calls = await lab.control.ledger();
  return calls.filter((call) => {
    return call.name === name && call.method === "PATCH" && call.effective && !call.dryRun;
  }).length;
}

async function awaitEnd({ eventId, struckAt }: Struck): Promise<{ status: string; tookMs: number }> {
  const read = () => db().domainEvent.findUniqueOrThrow({ where: { id: eventId } });
  await vi
    .waitFor(async () => expect((await read()).status).not.toBe("PROCESSING"), {
      timeout: 60_000,
      interval: 200,
    })
    .catch(() => undefined);
  const { status, processedAt } = await read();
  return { status, tookMs: (processedAt?.getTime() ?? Infinity) - struckAt };
}
