import type { EventType, OperationStep } from "@/lib/vocabulary/event-types";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import { db } from "./db";
import { spreadNews } from "./events";
import { enqueue } from "./jobs";
import type { Tx } from "./transaction";

/** Spec §0.11: 15 s lease, 5 s heartbeat, the database's clock, every outcome conditional on the lease. */
export const leaseSeconds = 15;
export const heartbeatSeconds = 5;

export interface Lease {
  eventId: string;
  /** Grows with each taking; a write with an older token hits no row. */
  token: bigint;
  owner: string;
  eventType: EventType;
  /** Where the work is done; the lease is a permit there (spec §5.34). */
  clusterId: string | null;
  aggregateId: string;
  payload: unknown;
  attempt: number;
  steps: Partial<Record<OperationStep, string>>;
  requestId: string;
  requestedBy: string;
  /** Since the work began, not since it was asked for. */
  ageSeconds: number;
}

/** As many operations at one cluster, and in all, while no administrator has said otherwise. */
export const permitDefaults = {
  perCluster: settingDefinitions["k8s.per_cluster_limit"].default,
  inAll: settingDefinitions["k8s.global_limit"].default,
};

/**
 * Takes a due, unleased event; null when somebody else works on it, it is not due yet, it has ended, or its cluster has no
 * room: then it queues there, and no attempt is spent.
 */
export async function takeLease(eventId: string, owner: string): Promise<Lease | null> {
  const rows = await db().$queryRaw<Lease[]>`
    SELECT id AS "eventId", lease_token AS "token", lease_owner AS "owner", event_type AS "eventType",
      cluster_id AS "clusterId", aggregate_id AS "aggregateId", payload, attempt, steps, request_id AS "requestId",
      requested_by AS "requestedBy", extract(epoch FROM now() - started_at)::float8 AS "ageSeconds"
    FROM take_event_lease(${eventId}, ${owner}, ${leaseSeconds}, ${permitDefaults.perCluster},
      ${permitDefaults.inAll})`;
  return rows[0] ?? null;
}

/** False when the lease was lost: the work may end, its outcome will hit no row. */
export async function extendLease(lease: Lease): Promise<boolean> {
  const extended = await db().$executeRaw`
    UPDATE domain_events SET lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${lease.eventId} AND lease_token = ${lease.token} AND status = 'PROCESSING'`;
  return extended > 0;
}

/** Thrown inside an outcome's transaction when somebody else has taken the work over. */
export class LeaseLost extends Error {
  constructor(eventId: string) {
    super(`the lease on event ${eventId} was lost`);
    this.name = "LeaseLost";
  }
}

/** The work rests and comes due again: after a transient failure, or while a cluster is busy with it. */
export async function restEvent(
  tx: Tx,
  lease: Lease,
  rest: { dueInSeconds: number; failed: boolean; steps: OperationStep[]; message?: string },
): Promise<void> {
  const moved = await tx.$executeRaw`
    UPDATE domain_events
    SET due_at = now() + make_interval(secs => ${rest.dueInSeconds}), lease_owner = NULL, lease_until = NULL,
        attempt = attempt + ${rest.failed ? 1 : 0}, error_message = ${rest.message ?? null},
        steps = (SELECT coalesce(jsonb_object_agg(step, now()), '{}') FROM unnest(${rest.steps}::text[]) step) || steps
    WHERE id = ${lease.eventId} AND lease_token = ${lease.token} AND status = 'PROCESSING'`;
  if (moved === 0) throw new LeaseLost(lease.eventId);
  await enqueue(tx, spreadNews, { eventId: lease.eventId });
}

/** Locks the event for an outcome that ends it; LeaseLost when the lease is no longer ours. */
export async function holdLease(tx: Tx, lease: Lease): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM domain_events
    WHERE id = ${lease.eventId} AND lease_token = ${lease.token} AND status = 'PROCESSING' FOR UPDATE`;
  if (held.length === 0) throw new LeaseLost(lease.eventId);
}

/** Hands unfinished work back at shutdown, so that another worker need not wait for the lease to run out. */
export async function returnLeases(owner: string): Promise<void> {
  await db().$executeRaw`
    UPDATE domain_events SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ${owner}`;
}
