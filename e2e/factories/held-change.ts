import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { approveRequest } from "@/lib/requests/approve-request";
import { modifyVmJob } from "@/lib/vms/modification/jobs";

/** Approves, and lets the change begin only when it is released, so that something can happen in between. */
export async function approveHeld(
  decider: Context,
  ticketId: string,
): Promise<{ release: () => Promise<void> }> {
  await db().$executeRawUnsafe(`CREATE FUNCTION hold_event() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.status = 'PROCESSING' AND OLD.status = 'PENDING' THEN NEW.due_at = now() + interval '1 hour'; END IF;
      RETURN NEW;
    END $$`);
  await db().$executeRawUnsafe(
    "CREATE TRIGGER hold_events BEFORE UPDATE ON domain_events FOR EACH ROW EXECUTE FUNCTION hold_event()",
  );
  await approveRequest(decider, { ticketId });
  await db().$executeRawUnsafe("DROP FUNCTION hold_event CASCADE");
  const { eventId } = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  const release = () =>
    inTransaction(async (tx) => {
      await tx.$executeRaw`UPDATE domain_events SET due_at = now() WHERE id = ${eventId}`;
      await enqueue(tx, modifyVmJob, { eventId });
    });
  return { release };
}
