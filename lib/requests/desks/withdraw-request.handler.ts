import { db } from "@/lib/core/db";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { inTransaction } from "@/lib/core/transaction";
import { connectDesk } from "./connect-desk";
import { findDesk, recordDelivery } from "./store";

const tryAgainMinutes = 5;
const giveUpHours = 24;

/** Tells a desk that nobody waits for its decision any more; for a day, as long as it does not answer. */
export async function withdrawRequest({ requestId }: { requestId: string }): Promise<void> {
  const request = await takeTurn(requestId);
  if (request === null) return;
  const desk = await findDesk(db(), request.externalSystemId);
  const connected = await connectDesk(desk);
  const { ticketId, reference, externalId } = request;
  const failure = await connected.desk
    .cancel({ ticketId, reference, externalId }, "Withdrawn in Shepherd.")
    .then(() => null, asFailure);
  await inTransaction(async (tx) => {
    await recordDelivery(tx, {
      ...{ deskId: desk.id, requestId, ticketId, kind: "cancel" },
      outcome: failure === null ? "delivered" : "failed",
      ...connected.exchange(),
    });
    const isOver = failure === null || failure.kind !== "unavailable";
    await tx.$executeRaw`
      UPDATE external_approval_requests
      SET cancel_due_at = CASE WHEN ${isOver} OR finished_at < now() - make_interval(hours => ${giveUpHours})
        THEN NULL ELSE cancel_due_at END
      WHERE id = ${requestId}`;
  });
}

/** What never went out, and is not on its way, need not be called back. */
async function takeTurn(requestId: string) {
  const rows = await db().$queryRaw<
    {
      externalSystemId: string;
      ticketId: string;
      externalId: string | null;
      reference: string;
      attempts: number;
    }[]
  >`
    UPDATE external_approval_requests
    SET cancel_due_at = CASE WHEN attempts = 0 THEN NULL ELSE now() + make_interval(mins => ${tryAgainMinutes}) END
    WHERE id = ${requestId} AND cancel_due_at <= now()
    RETURNING external_system_id AS "externalSystemId", ticket_id AS "ticketId", external_id AS "externalId", reference, attempts`;
  return rows[0] === undefined || rows[0].attempts === 0 ? null : rows[0];
}

function asFailure(error: unknown) {
  if (isOutsideFailure(error)) return error;
  throw error;
}
