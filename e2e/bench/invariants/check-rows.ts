import { db } from "@/lib/core/db";
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
    LEFT JOIN audit_logs a ON a.resource_id = t.resource_id AND a.action = 'vm.create'
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
    GROUP BY related_ticket_id, recipient_id HAVING count(*) > 1
    UNION ALL
    SELECT id::text, 'the queue gave up on ' || name FROM pgboss.job
    WHERE state = 'failed' AND name IN ('events.spread-news', 'requests.close')`;
}

function findWrongCounters(): Promise<Row[]> {
  return db().$queryRaw`
    SELECT s.id AS subject, 'would give the index ' || s.next_instance_index || ' again' AS why FROM services s
    WHERE s.next_instance_index <= (SELECT max(v.instance::int) FROM vms v WHERE v.service_id = s.id)`;
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
