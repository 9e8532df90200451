import pg from "pg";

export interface RawQueue {
  /** Enqueues one job; how long from sending the commit until it is claimed. */
  wake(): Promise<number>;
  stop(): Promise<void>;
}

/** The least that a durable queue can be: a row, a notice, and one statement that claims it. */
export async function startRawQueue(connectionString: string): Promise<RawQueue> {
  const sender = new pg.Client({ connectionString });
  const listener = new pg.Client({ connectionString });
  const claimer = new pg.Client({ connectionString });
  await Promise.all([sender.connect(), listener.connect(), claimer.connect()]);
  await sender.query(
    "CREATE TABLE raw_jobs (id bigserial PRIMARY KEY, state text NOT NULL DEFAULT 'created')",
  );
  let claimed: () => void = () => undefined;
  listener.on("notification", () => {
    const claim = `UPDATE raw_jobs SET state = 'active' WHERE id = (
      SELECT id FROM raw_jobs WHERE state = 'created' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id`;
    void claimer.query(claim).then(() => claimed());
  });
  await listener.query("LISTEN raw_jobs");
  return {
    wake: async () => {
      const { promise, resolve } = Promise.withResolvers<number>();
      await sender.query("BEGIN");
      await sender.query("INSERT INTO raw_jobs DEFAULT VALUES");
      await sender.query("SELECT pg_notify('raw_jobs', '')");
      const sentAt = performance.now();
      claimed = () => resolve(performance.now() - sentAt);
      await sender.query("COMMIT");
      return promise;
    },
    stop: async () => {
      await Promise.all([sender.end(), listener.end(), claimer.end()]);
    },
  };
}
