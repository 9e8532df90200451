import { db } from "@/lib/core/db";

/** Spec §6: a worker that was silent for longer does not count. */
const heartbeatAgeMaxSeconds = 60;

export interface PlatformHealth {
  database: "up" | "down";
  worker: "up" | "silent" | "unknown";
}

/** What the portal needs to be of use, part by part. */
export async function readPlatformHealth(): Promise<PlatformHealth> {
  try {
    const [row] = await db().$queryRaw<{ alive: boolean }[]>`
      SELECT EXISTS (SELECT FROM worker_instances WHERE process = 'worker'
        AND last_heartbeat > now() - make_interval(secs => ${heartbeatAgeMaxSeconds})) AS alive`;
    return { database: "up", worker: row?.alive ? "up" : "silent" };
  } catch {
    return { database: "down", worker: "unknown" };
  }
}
