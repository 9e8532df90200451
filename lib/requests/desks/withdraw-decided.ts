import { db } from "@/lib/core/db";

/** A desk does not wait on for what was decided or withdrawn here, whoever did it; it is told at the next tick. */
export async function withdrawDecided(): Promise<void> {
  await db().$executeRaw`
    WITH ended AS (
      UPDATE external_approval_requests r SET status = 'withdrawn', finished_at = now(), cancel_due_at = now(),
        next_attempt_at = NULL, next_poll_at = NULL
      FROM approval_tickets k WHERE k.id = r.ticket_id AND k.status <> 'PENDING'
        AND r.status IN ('sending', 'waiting') AND (r.deciding_until IS NULL OR r.deciding_until < now())
      RETURNING r.ticket_id)
    UPDATE approval_tickets SET external_state = 'cancelled' WHERE id IN (SELECT ticket_id FROM ended)`;
}
