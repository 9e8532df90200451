import { z } from "zod";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { startChild, type Child } from "@/e2e/faults/child-process";
import { aHealthyCluster } from "@/e2e/faults/creations";
import { startOwnDatabase, type OwnDatabase } from "@/e2e/faults/own-database";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { RequestVm } from "@/lib/requests/schema";
import { AskedProgram } from "../sync/ask-child";

export interface Stage {
  database: OwnDatabase;
  labs: AskedProgram;
  workers: Child[];
  clusterIds: string[];
  kubeconfigs: string[];
  requester: Context;
  decider: Context;
  wish: RequestVm;
  stop(): Promise<void>;
}

/** Real workers with room for as many operations as all clusters together allow. */
const workerCount = 2;
const placesEach = 50;

/** A durable database of its own, clusters in one process, workers in two more. */
export async function setStage(clusters: number): Promise<Stage> {
  const database = await startOwnDatabase();
  const labs = new AskedProgram("../batch/lab-program.ts");
  const kubeconfigs = await labs.ask("start", z.array(z.string()), clusters);
  const workers = await Promise.all(Array.from({ length: workerCount }, () => startWorker(database.url)));
  const requester = await aPerson("role-development-engineer");
  const namespace = await aNamespace();
  const wish = await aVmWish(requester, { namespace: namespace.name });
  await labs.ask("addNamespace", z.null(), namespace.name);
  const clusterIds = [];
  for (const kubeconfig of kubeconfigs) clusterIds.push(await aHealthyCluster(kubeconfig));
  const stop = async () => {
    for (const worker of workers) worker.signal("SIGTERM");
    await Promise.all(workers.map(({ ended }) => ended));
    await labs.end();
  };
  const decider = await aPerson("role-approval-admin");
  return { database, labs, workers, clusterIds, kubeconfigs, requester, decider, wish, stop };
}

async function startWorker(databaseUrl: string): Promise<Child> {
  const worker = startChild("lib/processes/worker.ts", [], {
    DATABASE_URL: databaseUrl,
    WORKER_HEALTH_PORT: "0",
    LOG_LEVEL: "info",
    MAX_WORKERS: String(placesEach),
  });
  await worker.lineMatching(/"worker is ready"/);
  return worker;
}

/** As an administrator would set them; none at a cluster keeps everything that is approved waiting. */
export async function allow(perCluster: number, inAll: number): Promise<void> {
  for (const [key, value] of Object.entries({
    "k8s.per_cluster_limit": perCluster,
    "k8s.global_limit": inAll,
  })) {
    const said = { value, updatedBy: "bench" };
    await db().platformSetting.upsert({
      where: { key },
      create: { key, ...said },
      update: said,
      select: { key: true },
    });
  }
}
