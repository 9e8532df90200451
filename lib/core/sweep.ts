import type { EventType } from "@/lib/vocabulary/event-types";
import { db } from "./db";

const batchMax = 200;
/** Fresh work has its own job on the way; only what was left behind is swept up. */
const freshSeconds = 5;

interface DueEvent {
  id: string;
  eventType: EventType;
  /** Another one for each time that somebody takes the work. */
  turn: string;
}

/** Due work nobody holds: after a crash, a lost notice, a rest that is over. What queues at a cluster has its turn there. */
export async function findDueEvents(): Promise<DueEvent[]> {
  return db().$queryRaw`
    SELECT id, event_type AS "eventType", id || '/' || lease_token AS turn FROM domain_events
    WHERE status = 'PROCESSING' AND queued_at IS NULL AND (lease_until IS NULL OR lease_until < now())
      AND due_at <= now() - CASE WHEN lease_token = 0 THEN make_interval(secs => ${freshSeconds}) ELSE interval '0' END
    ORDER BY due_at LIMIT ${batchMax}`;
}
