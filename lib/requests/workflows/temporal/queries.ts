import { db } from "@/lib/core/db";

/** Requests of which something is to be told, or told again because nothing came of it: for the clock. */
export async function listUntoldRequests(): Promise<{ ticketId: string }[]> {
  return db().$queryRaw`
    SELECT h.ticket_id AS "ticketId" FROM approval_happenings h WHERE h.settled_at IS NULL
    GROUP BY h.ticket_id HAVING min(h.next_attempt_at) <= now() ORDER BY min(h.next_attempt_at) LIMIT 200`;
}

/** Requests whose time has long passed without their workflow having said so: it may be lost, and is begun again. */
export async function listForgottenRequests(): Promise<{ ticketId: string }[]> {
  return db().$queryRaw`
    SELECT DISTINCT k.id AS "ticketId" FROM approval_tickets k JOIN approval_steps s ON s.ticket_id = k.id
    WHERE k.status = 'PENDING' AND k.dispatcher = 'temporal' AND s.status = 'ACTIVE'
      AND s.due_at < now() - interval '2 minutes' LIMIT 200`;
}
