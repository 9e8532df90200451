import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import { startConsumer } from "@/lib/core/consume-jobs";
import { closeDb } from "@/lib/core/db";
import { closeJobs, defineJob, enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { startOwnDatabase } from "@/e2e/faults/own-database";
import { compare, measurePairs, quantile, rounded, type Pair } from "./ground/pairs";
import { startRawQueue } from "./ground/raw-queue";

/**
 * P3: from the moment an enqueueing transaction sends its commit to the first line of the handler, on an idle queue,
 * against LISTEN and one claiming statement. Then the same with the listening connection killed right before.
 */
const pairCount = 10;
const wakesPerBlock = 20;
const restMs = 15;
const outages = 3;

const wakeJob = defineJob({
  name: "bench.wake",
  payload: z.strictObject({ sentAt: z.number() }),
  retryLimit: 0,
});

/** The waits of one block, ascending. */
type Block = number[];

const database = await startOwnDatabase();
const admin = new pg.Client({ connectionString: database.url });
await admin.connect();
await createQueue(database.url);
let awake: (sentAt: number) => void = () => undefined;
const consumer = await startConsumer();
await consumer.begin(wakeJob, ({ sentAt }) => Promise.resolve(awake(sentAt)), 10);
const raw = await startRawQueue(database.url);
try {
  const blocks: { baseline: Block; ours: Block }[] = [];
  const baseline: Block[] = [];
  const ours: Block[] = [];
  await measurePairs(pairCount, {
    baseline: () => measureBlock(() => raw.wake(), baseline),
    ours: () => measureBlock(wakeOurs, ours),
  });
  baseline.forEach((block, index) => blocks.push({ baseline: block, ours: ours[index] ?? [] }));
  const warm = blocks.slice(1);
  console.log(
    JSON.stringify({
      bench: "P3 wake",
      goal: "p50 <=1.5, p95 <=2, LISTEN killed <=2 s",
      p50: compare(warm.map((block) => pairAt(block, 0.5))),
      p95: compare(warm.map((block) => pairAt(block, 0.95))),
      wakes: warm.length * wakesPerBlock,
      listenKilled: await measureOutages(),
    }),
  );
} finally {
  await consumer.stop(1_000);
  await raw.stop();
  await closeJobs();
  await closeDb();
  await admin.end();
  await database.stop();
}

async function createQueue(connectionString: string): Promise<void> {
  const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: false, migrate: false });
  await boss.start();
  await boss.createQueue(wakeJob.name, { notify: true });
  await boss.stop({ graceful: false });
}

async function measureBlock(wake: () => Promise<number>, blocks: Block[]): Promise<number> {
  const block: Block = [];
  for (let index = 0; index < wakesPerBlock; index += 1) {
    block.push(await wake());
    await wait(restMs);
  }
  block.sort((a, b) => a - b);
  blocks.push(block);
  return quantile(block, 0.5);
}

function wakeOurs(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  awake = (sentAt) => resolve(performance.now() - sentAt);
  return inTransaction((tx) => enqueueNow(tx)).then(() => promise);
}

/** The payload cannot hold the commit's own time, so the clock starts as the work returns and the commit is sent. */
async function enqueueNow(tx: Parameters<typeof enqueue>[0]): Promise<void> {
  const former = awake;
  await enqueue(tx, wakeJob, { sentAt: 0 });
  const sentAt = performance.now();
  awake = () => former(sentAt);
}

function pairAt(block: { baseline: Block; ours: Block }, share: number): Pair {
  return { baseline: quantile(block.baseline, share), ours: quantile(block.ours, share) };
}

/** Every listener of the queue is cut off, and a job is enqueued before anybody can have come back. */
async function measureOutages(): Promise<{ rounds: number; arrived: number; slowestMs: number }> {
  const waits: number[] = [];
  for (let round = 0; round < outages; round += 1) {
    const { rowCount } = await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND (query ~ '^LISTEN ".*' OR query ~ 'pg_listening_channels')`,
    );
    if (rowCount === 0) throw new Error("no listening connection was found");
    waits.push(await wakeOurs());
    await wait(3_000);
  }
  return { rounds: outages, arrived: waits.length, slowestMs: rounded(Math.max(...waits)) };
}
