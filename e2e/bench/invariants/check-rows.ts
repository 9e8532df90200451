import { db } from "@/lib/core/db";
import { findWrongQuotas } from "./check-quotas";
import { violationsOf, type Violation } from "./violation";

type Row = { subject: string; why: string };

/** What the database alone can prove or disprove; each query names the rows that break a rule. */
export async function checkRows(): Promise<Violation[]> {
  return [
    ...violationsOf("I1", await findUnexplainedEnds()),
    ...violationsOf("I2", await findUnrecordedTransitions()),
    ...violationsOf("I3", await findAbandonedWork()),
    ...violationsOf("I5", await findUndeliveredNews()),
    ...violationsOf("I6", await findWrongCounters()),
    ...violationsOf("I6", await findWrongQuotas()),
    ...violationsOf("I8", await findAccessThatOutlived()),
  ];
}

function findUnexplainedEnds(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT id AS subject, 'failed without a reason' AS why FROM approval_tickets
    WHERE status = 'FAILED' AND coalesce(last_error ->> 'message', last_error ->> 'code') IS NULL
    UNION ALL
    SELECT id, 'approved creation without a machine''s name' FROM approval_tickets
    WHERE operation_type = 'CREATE' AND status IN ('APPROVED', 'EXECUTING', 'SUCCESS') AND resource_id IS NULL
      AND held_until IS NULL
    UNION ALL
    SELECT ticket_id, count(*) || ' machines for one ticket' FROM vms GROUP BY ticket_id HAVING count(*) > 1`;
}

function findUnrecordedTransitions(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT t.id AS subject, count(a.id) || ' records of the approval' AS why FROM approval_tickets t
    LEFT JOIN audit_logs a ON a.resource_id = t.id AND a.action IN ('approval.approve', 'vm.delete_approved')
    WHERE t.approver_id IS NOT NULL AND t.approved_at IS NOT NULL GROUP BY t.id HAVING count(a.id) <> 1
    UNION ALL
    SELECT t.id, count(a.id) || ' records of the creation' FROM approval_tickets t
    LEFT JOIN audit_logs a ON a.resource_id = t.resource_id AND a.action = 'vm.create' AND a.outcome = 'success'
    WHERE t.operation_type = 'CREATE' AND t.status = 'SUCCESS' GROUP BY t.id HAVING count(a.id) <> 1`;
}

function findAbandonedWork(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT id AS subject, 'under way without a lease or a due time' AS why FROM domain_events
    WHERE status = 'PROCESSING' AND due_at IS NULL AND (lease_until IS NULL OR lease_until < now())
    UNION ALL
    SELECT id, 'due for more than a minute, and nobody works on it' FROM domain_events
    WHERE status = 'PROCESSING' AND due_at < now() - interval '1 minute'
      AND (lease_until IS NULL OR lease_until < now() - interval '1 minute')
    UNION ALL
    SELECT v.id, 'waits for an operation that has ended' FROM vms v
    LEFT JOIN domain_events e ON e.id = v.active_event_id
    WHERE v.active_event_id IS NOT NULL AND coalesce(e.status, '') NOT IN ('PENDING', 'PROCESSING')
    UNION ALL
    SELECT v.id, 'is ' || v.status || ' and no operation will end that' FROM vms v
    WHERE v.active_event_id IS NULL AND v.status IN ('CREATING', 'DELETING')`;
}

/** An end is news until its ticket has it; a minute is far more than the queue needs. */
function findUndeliveredNews(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT t.id AS subject, t.status || ' though its event is ' || e.status AS why
    FROM approval_tickets t JOIN domain_events e ON e.id = t.event_id
    WHERE (e.status = 'COMPLETED') <> (t.status = 'SUCCESS') AND coalesce(e.processed_at, '-infinity') < now() - interval '1 minute'
      AND (e.status IN ('COMPLETED', 'FAILED') OR t.status IN ('SUCCESS', 'FAILED'))
    UNION ALL
    SELECT related_ticket_id, count(*) || ' notices of one outcome to ' || recipient_id FROM notifications
    WHERE type = 'VM_STATUS_CHANGE' AND related_ticket_id IS NOT NULL
    GROUP BY related_ticket_id, recipient_id HAVING count(*) > 1 + (
      SELECT count(*) FROM audit_logs a WHERE a.action = 'batch.retry' AND a.resource_id = related_ticket_id)
    UNION ALL
    SELECT id::text, 'the queue gave up on ' || name FROM pgboss.job
    WHERE state = 'failed' AND name IN ('events.spread-news', 'requests.close')`;
}

function findWrongCounters(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT s.id AS subject, 'would give the index ' || s.next_instance_index || ' again' AS why FROM services s
    WHERE s.next_instance_index <= (SELECT max(v.instance::int) FROM vms v WHERE v.service_id = s.id)
    UNION ALL
    SELECT b.id, 'says ' || concat_ws('/', b.status, b.pending_count, b.success_count, b.failed_count, b.cancelled_count)
      || ' and its children ' || concat_ws('/', k.pending, k.success, k.failed, k.cancelled)
    FROM batch_approval_tickets b JOIN (
      SELECT batch_id, count(*) FILTER (WHERE status IN ('PENDING', 'APPROVED', 'EXECUTING')) AS pending,
        count(*) FILTER (WHERE status = 'SUCCESS') AS success,
        count(*) FILTER (WHERE status IN ('FAILED', 'REJECTED')) AS failed,
        count(*) FILTER (WHERE status = 'CANCELLED') AS cancelled
      FROM approval_tickets WHERE batch_id IS NOT NULL GROUP BY batch_id) k ON k.batch_id = b.id
    WHERE (b.pending_count, b.success_count, b.failed_count, b.cancelled_count)
        IS DISTINCT FROM (k.pending, k.success, k.failed, k.cancelled)
      OR b.child_count <> k.pending + k.success + k.failed + k.cancelled
      OR (b.finished_at IS NULL) <> (k.pending > 0)`;
}

function findAccessThatOutlived(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT s.id AS subject, 'a session of somebody who is disabled' AS why FROM user_sessions s
    JOIN users u ON u.id = s.user_id
    WHERE s.revoked_at IS NULL AND s.expires_at > now() AND NOT u.enabled AND u.updated_at < now() - interval '5 seconds'
    UNION ALL
    SELECT c.id, 'a console that is open after its end' FROM vnc_access_tokens c
    WHERE c.used_at IS NOT NULL AND c.closed_at IS NULL
      AND least(c.revoked_at, c.grant_ends_at) < now() - interval '5 seconds'
    UNION ALL
    SELECT c.id, 'a console of a session that has ended' FROM vnc_access_tokens c
    JOIN user_sessions s ON s.id = c.session_id
    WHERE c.used_at IS NOT NULL AND c.closed_at IS NULL AND s.revoked_at < now() - interval '5 seconds'`;
}
