import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readRequest } from "../queries";
import { isOnDesk, ticketIsVisible } from "../store";
import type { EventRow } from "./schema";

/** An operation's progress, for whoever may see its request. */
export async function readEvent(ctx: Context, eventId: string): Promise<EventRow> {
  // One statement for an event that is not there and for one that may not be seen, so that both answer alike.
  const tickets = await db().$queryRaw<{ id: string }[]>`
    SELECT k.id FROM approval_tickets k WHERE k.event_id = ${eventId}
      AND (${ticketIsVisible(ctx)} OR ${isOnDesk(ctx, "builtin_approval:view")})`;
  const ticket = tickets[0];
  if (ticket === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "event" });
  const request = await readRequest(ctx, ticket.id);
  const event = await db().domainEvent.findUniqueOrThrow({
    where: { id: eventId },
    select: {
      id: true,
      eventType: true,
      status: true,
      aggregateType: true,
      aggregateId: true,
      steps: true,
      errorMessage: true,
      createdAt: true,
      processedAt: true,
    },
  });
  return {
    ...event,
    // Written only by recordStep and restEvent, step by step.
    steps: event.steps as EventRow["steps"],
    ticketId: ticket.id,
    vmId: request.resourceType === "vm" ? request.resourceId : null,
  };
}
