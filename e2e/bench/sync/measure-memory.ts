import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { db } from "@/lib/core/db";
import { rounded } from "../ground/pairs";
import { memory } from "./answer-parent";
import { AskedProgram } from "./ask-child";
import { settle, startProgram, stopWorker, untilFollowed, type Stage } from "./stage";

const megabyte = 1024 ** 2;
type Memory = z.output<typeof memory>;

/** P10: what following costs beyond a worker that follows nothing, right after all was listed, against every object held whole. */
export async function measureMemory(stage: Stage) {
  const whole = await measureWholeObjects(stage);
  const followed = await measureFollowing(stage);
  return {
    objects: whole.objects,
    heapRatio: rounded(followed.heapBytes / whole.heapBytes),
    residentRatio: rounded(followed.residentBytes / whole.residentBytes),
    oursHeapMb: rounded(followed.heapBytes / megabyte),
    baselineHeapMb: rounded(whole.heapBytes / megabyte),
    oursResidentMb: rounded(followed.residentBytes / megabyte),
    baselineResidentMb: rounded(whole.residentBytes / megabyte),
  };
}

async function measureWholeObjects({ clusters }: Stage) {
  const holder = new AskedProgram("whole-objects-program.ts");
  const empty = await holder.ask("memory", memory);
  const objects = await holder.ask("start", z.number(), clusters);
  const full = await holder.ask("memory", memory);
  await holder.end();
  return { objects, ...difference(full, empty) };
}

async function measureFollowing(stage: Stage): Promise<Memory> {
  await db().cluster.updateMany({ data: { enabled: false } });
  const worker = await startProgram(stage);
  await wait(3_000);
  const empty = await worker.ask("memory", memory);
  await db().cluster.updateMany({ data: { enabled: true } });
  await untilFollowed(stage);
  await settle();
  const full = await worker.ask("memory", memory);
  await stopWorker(worker);
  return difference(full, empty);
}

function difference(full: Memory, empty: Memory): Memory {
  return {
    heapBytes: full.heapBytes - empty.heapBytes,
    residentBytes: full.residentBytes - empty.residentBytes,
  };
}
