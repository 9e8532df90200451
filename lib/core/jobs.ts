import { fromPrisma, PgBoss, type SendOptions } from "pg-boss";
import type { z } from "zod";
import { sessionDatabaseUrl } from "./env";
import { logger } from "./logger";
import { inTransaction, type Tx } from "./transaction";

/** A job's contract: anyone may enqueue it, only the worker knows its handler. */
export interface Job<Payload extends object = object> {
  name: string;
  payload: z.ZodType<Payload>;
  /** How often the queue itself tries again when a handler throws; outcomes of operations have their own clock. */
  retryLimit: number;
}

export function defineJob<Payload extends object>(job: Job<Payload>): Job<Payload> {
  return job;
}

/** Adds the job in the caller's transaction: it exists exactly if the transaction commits. */
export async function enqueue<Payload extends object>(
  tx: Tx,
  job: Job<Payload>,
  payload: Payload,
  options: Pick<SendOptions, "startAfter" | "singletonKey" | "singletonSeconds"> = {},
): Promise<void> {
  const queue = await producer();
  await queue.send(job.name, job.payload.parse(payload), { ...options, db: fromPrisma(tx) });
}

const shared = globalThis as typeof globalThis & { shepherdProducer?: Promise<PgBoss> | undefined };

/** A queue client that only sends; the worker has one of its own that also fetches. */
function producer(): Promise<PgBoss> {
  shared.shepherdProducer ??= startProducer().catch((error: unknown) => {
    shared.shepherdProducer = undefined;
    throw error;
  });
  return shared.shepherdProducer;
}

async function startProducer(): Promise<PgBoss> {
  const queue = new PgBoss({
    connectionString: sessionDatabaseUrl(),
    max: 2,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
  });
  queue.on("error", (error) => logger("queue").warn({ err: error }, "queue connection failed"));
  await queue.start();
  return queue;
}

export async function closeJobs(): Promise<void> {
  const queue = await shared.shepherdProducer?.catch(() => undefined);
  shared.shepherdProducer = undefined;
  await queue?.stop({ graceful: false });
}

/** The same payload for several jobs, all or none. */
export async function enqueueAll<Payload extends object>(
  jobs: readonly Job<Payload>[],
  payload: Payload,
): Promise<void> {
  await inTransaction(async (tx) => {
    for (const job of jobs) await enqueue(tx, job, payload);
  });
}

/** At most one job per key and period, however many ask: for clocks and sweeps. */
export async function enqueueOnce<Payload extends object>(
  job: Job<Payload>,
  payload: Payload,
  once: { key: string; withinSeconds: number },
): Promise<void> {
  const queue = await producer();
  await queue.send(job.name, job.payload.parse(payload), {
    singletonKey: once.key,
    singletonSeconds: once.withinSeconds,
  });
}
