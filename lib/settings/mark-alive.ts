import { db } from "@/lib/core/db";

const forgottenAfterHours = 24;

/**
 * A process says that it runs; readiness asks when a worker last did.
 * @param address where other processes of the portal reach it, if they ever do
 */
export async function markAlive(
  process: string,
  instanceId: string,
  address: string | null = null,
): Promise<void> {
  await db().$executeRaw`
    INSERT INTO worker_instances (id, process, address, last_heartbeat, started_at)
    VALUES (${instanceId}, ${process}, ${address}, now(), now())
    ON CONFLICT (id) DO UPDATE SET last_heartbeat = now()`;
}

/** A process that stops says so, and those that never could are forgotten after a day. */
export async function markGone(instanceId: string): Promise<void> {
  await db().$executeRaw`
    DELETE FROM worker_instances WHERE id = ${instanceId}
      OR last_heartbeat < now() - make_interval(hours => ${forgottenAfterHours})`;
}
