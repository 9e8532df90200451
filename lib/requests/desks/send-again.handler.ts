import { db } from "@/lib/core/db";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { connectDesk } from "./connect-desk";
import { renderQuestion } from "./render-question";
import { findDesk, recordDelivery } from "./store";

/** The same question again, as the ticket stands now; a request that is still being sent keeps its own clock. */
export async function sendAgainHandler({ deliveryId }: { deliveryId: string }): Promise<void> {
  const delivery = await db().externalDelivery.findUnique({
    where: { id: deliveryId },
    include: { request: true },
  });
  const request = delivery?.request ?? null;
  if (request === null || !["sending", "waiting"].includes(request.status)) return;
  const desk = await findDesk(db(), request.externalSystemId);
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: request.ticketId } });
  const connected = await connectDesk(desk);
  const failure = await connected.desk
    .submit(renderQuestion(ticket, { deskId: desk.id, reference: request.reference }), true)
    .then(
      () => null,
      (error: unknown) => {
        if (isOutsideFailure(error)) return error;
        throw error;
      },
    );
  await recordDelivery(db(), {
    ...{ deskId: desk.id, requestId: request.id, ticketId: ticket.id, kind: "push" },
    attempt: request.attempts,
    outcome: failure === null ? "delivered" : "failed",
    redeliveryOf: deliveryId,
    ...connected.exchange(),
  });
}
