import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { startOwnDatabase, type OwnDatabase } from "@/e2e/faults/own-database";
import { waitUntil } from "@/e2e/faults/wait-until";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { StatementLog } from "../ground/statement-log";
import { AskedProgram } from "./ask-child";
import { Commits } from "./commits";
import { benchNamespace, filledCluster, type Machine, type plan } from "./shapes";

export const workerName = "bench-sync";
const nothing = z.null();

export interface Stage {
  database: OwnDatabase;
  log: StatementLog;
  labs: AskedProgram;
  commits: Commits;
  clusters: { clusterId: string; kubeconfig: string }[];
  /** Row id by machine name; names are never repeated. */
  ids: Map<string, string>;
  stop(): Promise<void>;
}

/** A database of its own, clusters full of running machines, and the rows of them as they were when last told apart. */
export async function setStage(size: z.output<typeof plan>): Promise<Stage> {
  const log = new StatementLog();
  const database = await startOwnDatabase(log.read);
  const labs = new AskedProgram("lab-program.ts");
  const filled = await labs.ask("start", z.array(filledCluster), size);
  await aNamespace({ name: benchNamespace });
  const serviceId = await aBenchService();
  const ids = new Map<string, string>();
  const clusters: Stage["clusters"] = [];
  for (const { kubeconfig, ours, baseline } of filled) {
    const { id: clusterId } = await aCluster({ kubeconfig, status: "HEALTHY" });
    clusters.push({ clusterId, kubeconfig });
    await addRows([...ours, ...baseline], { clusterId, serviceId, ids });
  }
  const commits = await Commits.listen(database.url);
  const stop = async () => {
    await labs.end();
    await commits.close();
  };
  return { database, log, labs, commits, clusters, ids, stop };
}

async function aBenchService(): Promise<string> {
  const [systemId, serviceId] = [newId(), newId()];
  await db().system.create({
    data: { id: systemId, name: "bench", createdBy: "bench" },
    select: { id: true },
  });
  await db().service.create({
    data: { id: serviceId, systemId, name: "web", createdBy: "bench" },
    select: { id: true },
  });
  return serviceId;
}

async function addRows(
  machines: Machine[],
  of: { clusterId: string; serviceId: string; ids: Map<string, string> },
): Promise<void> {
  const rows = machines.map(({ name, uid }) => ({ id: newId(), name, uid }));
  for (const { id, name } of rows) of.ids.set(name, id);
  await db().vm.createMany({
    data: rows.map(({ id, name, uid }) => ({
      id,
      name,
      k8sUid: uid,
      clusterId: of.clusterId,
      serviceId: of.serviceId,
      namespace: benchNamespace,
      instance: "01",
      hostname: name,
      status: "RUNNING",
      clusterStatus: "Running",
      cpuCores: 1,
      memoryGi: 2,
      diskGb: 20,
      templateId: "bench",
      templateVersion: 1,
      instanceSizeId: "bench",
      ticketId: "bench",
      blueprint: {},
      createdBy: "bench",
    })),
  });
}

/** A worker's sync in a new process; resolves when it follows every kind in every cluster. */
export async function startWorker(stage: Stage): Promise<AskedProgram> {
  const worker = await startProgram(stage);
  await untilFollowed(stage);
  return worker;
}

export async function startProgram({ database }: Stage): Promise<AskedProgram> {
  const worker = new AskedProgram("worker-program.ts", {
    DATABASE_URL: `${database.url}?application_name=${workerName}`,
  });
  await worker.ask("start", nothing);
  return worker;
}

export async function untilFollowed(stage: Stage): Promise<void> {
  await waitUntil("every cluster is followed", () => isFollowed(stage), { timeoutMs: 120_000 });
}

export async function stopWorker(worker: AskedProgram): Promise<void> {
  await worker.ask("stop", nothing);
  await worker.end();
}

async function isFollowed({ clusters }: Stage): Promise<boolean> {
  const connected = await db().clusterReflector.count({ where: { connected: true, ownerId: { not: null } } });
  return connected === clusters.length * 3;
}

/** Each row's version, to be compared later: another one is a write, whoever made it. */
export async function readVersions(): Promise<Map<string, string>> {
  const rows = await db().$queryRaw<
    { id: string; version: string }[]
  >`SELECT id, xmin::text AS version FROM vms`;
  return new Map(rows.map(({ id, version }) => [id, version]));
}

export async function countWritten(before: Map<string, string>): Promise<number> {
  const after = await readVersions();
  return [...after].filter(([id, version]) => before.get(id) !== version).length;
}

/** Nothing is on its way any more. */
export async function settle(): Promise<void> {
  let before = await readVersions();
  for (;;) {
    await wait(1_500);
    if ((await countWritten(before)) === 0) return;
    before = await readVersions();
  }
}
