import type { EventType } from "@/lib/vocabulary/event-types";
import { db } from "./db";
import { permitDefaults } from "./leases";

/**
 * What queues at a cluster has its turn when a permit there is handed back (spec §5.34). This process hears at once of
 * its own; those of other workers, and of workers that died, are found by the clock.
 */
const listeners = new Set<() => void>();
let someMayWait = true;

export function onPermitFreed(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function notePermitFreed(): void {
  if (someMayWait) for (const listener of listeners) listener();
}

/** An event that was not taken may have been put into the queue of its cluster. */
export function notePermitRefused(): void {
  someMayWait = true;
}

export interface Turn {
  eventId: string;
  eventType: EventType;
}

/** Whose turn it is: the longest waiting of each cluster, first where the fewest are under way. */
export async function findTurns(): Promise<Turn[]> {
  someMayWait = false;
  const turns = await db().$queryRaw<(Turn & { hasRoom: boolean })[]>`
    WITH busy AS (SELECT cluster_id, count(*) AS running FROM cluster_permits GROUP BY 1),
    waiting AS (
      SELECT id, event_type, cluster_id, queued_at,
        row_number() OVER (PARTITION BY cluster_id ORDER BY queued_at, id) AS turn
      FROM domain_events WHERE status = 'PROCESSING' AND queued_at IS NOT NULL
        AND (lease_until IS NULL OR lease_until < now())),
    ranked AS (
      SELECT w.*, w.turn + coalesce(b.running, 0) AS place,
        w.turn + coalesce(b.running, 0) <= setting_or('k8s.per_cluster_limit', ${permitDefaults.perCluster})
          AS fits
      FROM waiting w LEFT JOIN busy b USING (cluster_id))
    SELECT id AS "eventId", event_type AS "eventType", fits AND
      row_number() OVER (ORDER BY fits DESC, place, queued_at, id) + (SELECT coalesce(sum(running), 0) FROM busy)
        <= setting_or('k8s.global_limit', ${permitDefaults.inAll}) AS "hasRoom"
    FROM ranked ORDER BY fits DESC, place, queued_at, id LIMIT 100`;
  if (turns.length > 0) someMayWait = true;
  return turns.filter(({ hasRoom }) => hasRoom);
}
