import { db } from "./db";
import { logger } from "./logger";
import { workerId } from "./worker-identity";

const everyMs = 15_000;
const forgottenAfterHours = 24;

export type ProcessName = "web" | "worker" | "console";

/** Says every fifteen seconds that this process lives; readiness counts on it (spec §10). */
export function startHeartbeat(process: ProcessName): () => void {
  const beat = () =>
    recordHeartbeat(process).catch((error: unknown) =>
      logger(process).warn({ err: error }, "heartbeat was not recorded"),
    );
  void beat();
  const timer = setInterval(() => void beat(), everyMs);
  return () => clearInterval(timer);
}

async function recordHeartbeat(process: ProcessName): Promise<void> {
  await db().$executeRaw`
    INSERT INTO worker_instances (id, process, last_heartbeat, started_at) VALUES (${workerId}, ${process}, now(), now())
    ON CONFLICT (id) DO UPDATE SET last_heartbeat = now()`;
  await db().$executeRaw`
    DELETE FROM worker_instances WHERE last_heartbeat < now() - make_interval(hours => ${forgottenAfterHours})`;
}

/** Seconds since any process of this name was heard of; null when none ever was. */
export async function secondsSinceHeartbeat(process: ProcessName): Promise<number | null> {
  const rows = await db().$queryRaw<{ age: number | null }[]>`
    SELECT extract(epoch FROM now() - max(last_heartbeat))::float8 AS age FROM worker_instances
    WHERE process = ${process}`;
  return rows[0]?.age ?? null;
}
