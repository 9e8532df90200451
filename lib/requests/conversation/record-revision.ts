import type { Prisma } from "@/prisma/generated/client";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { SubmitRequest } from "../schema";
import type { Ticket } from "../store";
import type { RevisionChange } from "./schema";

interface Revision {
  /** As it was before. */
  ticket: Ticket;
  revision: number;
  asked: SubmitRequest;
  differences: readonly RevisionChange[];
}

/** A step: keeps what a request asked for before and after a change; the first change keeps the original too. */
export async function recordRevision(
  tx: Tx,
  ctx: Context,
  { ticket, revision, asked, differences }: Revision,
): Promise<void> {
  const original = {
    id: newId(),
    ticketId: ticket.id,
    revision: 1,
    // Stored as JSON, read as JSON.
    requestParams: ticket.requestParams as Prisma.InputJsonValue,
    changedBy: ticket.requesterId,
    changedByName: ticket.requesterName,
    changedAt: ticket.createdAt,
  };
  const changed = {
    id: newId(),
    ticketId: ticket.id,
    revision,
    // Parsed input is JSON, and so are its differences.
    requestParams: asked as Prisma.InputJsonObject,
    diff: differences as Prisma.InputJsonArray,
    changedBy: actorId(ctx.actor),
    changedByName: shownName(ctx.actor),
    changedAt: ctx.now,
  };
  await tx.approvalTicketRevision.createMany({
    data: ticket.revision === 1 ? [original, changed] : [changed],
  });
}
