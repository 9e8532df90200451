import { PgBoss, type Job as FetchedJob, type WorkOptions } from "pg-boss";
import { sessionDatabaseUrl } from "./env";
import type { Job } from "./jobs";
import { logger } from "./logger";

type Handler<Payload> = (payload: Payload) => Promise<void>;

export interface Consumer {
  /**
   * For work that waits for somebody outside. It leaves the queue as it begins: an operation that dies is found by the
   * sweep, a question by whoever asks again, so one slow cluster never holds up the next fetch.
   */
  begin<Payload extends object>(
    job: Job<Payload>,
    handler: Handler<Payload>,
    concurrency: number,
  ): Promise<void>;
  /** For work within the database. It leaves the queue when it is done; what fails is tried again. */
  complete<Payload extends object>(
    job: Job<Payload>,
    handler: Handler<Payload>,
    batch: number,
  ): Promise<void>;
  /** Begins a job of such a kind here and now, without the queue; ends when the work does. */
  run<Payload extends object>(job: Job<Payload>, payload: Payload): Promise<void>;
  /** Takes no more and waits for what is under way, so long. */
  stop(waitMs: number): Promise<void>;
}

/** One fetch answers one notice, however many could work: many loops would all wake for the same job. */
const wakeful = { localConcurrency: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 10 };

/** The queue's fetching side; only the worker has one. */
export async function startConsumer(): Promise<Consumer> {
  const queue = await startQueue();
  const underWay = new Set<Promise<void>>();
  const beginners = new Map<string, (payload: object) => Promise<void>>();
  return {
    run: async (job, payload) => beginners.get(job.name)?.(payload),
    begin: async (job, handler, concurrency) => {
      const places = openPlaces(concurrency, underWay);
      beginners.set(job.name, (payload) => places.take(() => handler(job.payload.parse(payload)), job.name));
      await queue.work(job.name, batchesOf(concurrency), async (fetched: FetchedJob[]) => {
        for (const { data } of fetched) await places.fill(() => handler(job.payload.parse(data)), job.name);
        await places.haveRoom();
      });
    },
    complete: async (job, handler, batch) => {
      await queue.work(job.name, batchesOf(batch), async (fetched: FetchedJob[]) => {
        for (const { data } of fetched) await handler(job.payload.parse(data));
      });
    },
    stop: async (waitMs) => {
      await queue.stop({ graceful: true, timeout: waitMs });
      const { promise: timeIsOver, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, waitMs);
      await Promise.race([Promise.all(underWay), timeIsOver]);
      clearTimeout(timer);
    },
  };
}

/** Fetches again at once while batches come back full, else on the next notice. */
function batchesOf(batchSize: number): WorkOptions {
  return { ...wakeful, batchSize, burstWhenBatchFull: true };
}

/** So many pieces of work at a time; a failed one is logged, because its job has left the queue. */
function openPlaces(count: number, underWay: Set<Promise<void>>) {
  const here = new Set<Promise<void>>();
  const haveRoom = async () => {
    while (here.size >= count) await Promise.race(here);
  };
  const begin = (work: () => Promise<void>, name: string) => {
    const done = work()
      .catch((error: unknown) => logger("queue").error({ err: error, job: name }, "work failed"))
      .finally(() => {
        here.delete(done);
        underWay.delete(done);
      });
    here.add(done);
    underWay.add(done);
    return done;
  };
  return {
    haveRoom,
    /** Ends when the work has begun. */
    async fill(work: () => Promise<void>, name: string): Promise<void> {
      await haveRoom();
      void begin(work, name);
    },
    /** Ends when the work has ended. */
    async take(work: () => Promise<void>, name: string): Promise<void> {
      await haveRoom();
      return begin(work, name);
    },
  };
}

async function startQueue(): Promise<PgBoss> {
  const queue = new PgBoss({
    connectionString: sessionDatabaseUrl(),
    max: 10,
    migrate: false,
    createSchema: false,
    schedule: false,
    useListenNotify: true,
  });
  queue.on("error", (error) => logger("queue").warn({ err: error }, "queue trouble"));
  await queue.start();
  return queue;
}
