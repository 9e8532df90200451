import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { db } from "@/lib/core/db";
import { quantile } from "../ground/pairs";
import { countWritten, readVersions, startWorker, stopWorker, type Stage } from "./stage";

const pairCount = 3;

interface Start {
  bytes: number;
  lists: number;
  rowsWritten: number;
}

/** P11: a worker's first seconds with the positions of the one before it, against the same with none. Bytes are counts. */
export async function measureRestart(stage: Stage) {
  const ratios: number[] = [];
  const resumed: Start[] = [];
  const listed: Start[] = [];
  for (let index = 0; index < pairCount; index += 1) {
    await db().clusterReflector.updateMany({ data: { resourceVersion: null } });
    const whole = await measureStart(stage);
    const resume = await measureStart(stage);
    listed.push(whole);
    resumed.push(resume);
    ratios.push(resume.bytes / whole.bytes);
  }
  ratios.sort((a, b) => a - b);
  return {
    ratio: { median: quantile(ratios, 0.5), min: quantile(ratios, 0), max: quantile(ratios, 1) },
    pairs: pairCount,
    resumed: resumed.at(-1),
    listed: listed.at(-1),
  };
}

async function measureStart(stage: Stage): Promise<Start> {
  const before = await readVersions();
  const from = await readCounters(stage);
  const worker = await startWorker(stage);
  await wait(1_000);
  const to = await readCounters(stage);
  await stopWorker(worker);
  return {
    bytes: to.bytes - from.bytes,
    lists: to.lists - from.lists,
    rowsWritten: await countWritten(before),
  };
}

async function readCounters({ labs }: Stage): Promise<{ bytes: number; lists: number }> {
  return { bytes: await labs.ask("bytesSent", z.number()), lists: await labs.ask("lists", z.number()) };
}
