import type { Prisma } from "@/prisma/generated/client";
import { hashOf } from "@/lib/core/ids";
import { AppError } from "@/lib/core/errors";
import type { Approved } from "../start-operation";
import type { Ticket } from "../store";

/** What an approval said, as it is kept until its hour: all that the start needs, and nothing is read again. */
export function keepSpec(approved: Approved): {
  approvedSpec: Prisma.InputJsonObject;
  approvedHash: string;
} {
  const { placed = null, terms = null, change = null } = approved;
  // Round-tripping through JSON yields JSON.
  const approvedSpec = JSON.parse(JSON.stringify({ placed, terms, change })) as Prisma.InputJsonObject;
  return { approvedSpec, approvedHash: hashOfApproved(approved.ticket, approvedSpec) };
}

/**
 * What was kept, if it is still what was approved.
 * @throws SPEC_CHANGED
 */
export function readSpec(ticket: Ticket): Approved {
  if (ticket.approvedHash !== hashOfApproved(ticket, ticket.approvedSpec)) throw new AppError("SPEC_CHANGED");
  // The hash says that it is what keepSpec wrote.
  const { placed, terms, change } = ticket.approvedSpec as unknown as Pick<
    Approved,
    "placed" | "terms" | "change"
  >;
  return { ticket, placed: placed ?? null, terms: terms ?? null, change: change ?? null };
}

/** What is asked for stands in the ticket, what was made of it in the frozen part; neither may move. */
function hashOfApproved(ticket: Ticket, approvedSpec: unknown): string {
  const { operation, resourceId, systemId, serviceId, namespace, environment, requestParams } = ticket;
  return hashOf({
    ...{ operation, resourceId, systemId, serviceId, namespace, environment, requestParams },
    approvedSpec,
  });
}
