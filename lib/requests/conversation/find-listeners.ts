import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "../store";
import { readSpeakers, readSteps } from "../workflows/store";

const listenersMax = 100;

/**
 * A step: who is told of a word on a request: who asked for it and who spoke about it; where only its requester has, those
 * whose turn it is.
 */
export async function findListeners(tx: Tx, ticket: Ticket, speakerId: string): Promise<string[]> {
  const authors = await tx.approvalComment.findMany({
    where: { ticketId: ticket.id, authorId: { not: null } },
    distinct: ["authorId"],
    take: listenersMax,
    select: { authorId: true },
  });
  const spoke = authors.flatMap(({ authorId }) => authorId ?? []).filter((id) => id !== ticket.requesterId);
  const isFirst = spoke.length === 0 && speakerId === ticket.requesterId;
  const others = isFirst ? await listTurns(tx, ticket) : spoke;
  return [...new Set([ticket.requesterId, ...others])].filter((id) => id !== speakerId);
}

async function listTurns(tx: Tx, ticket: Ticket): Promise<string[]> {
  if (ticket.status !== "PENDING") return [];
  const rows = (await readSteps(tx, ticket.id)).filter(({ status }) => status === "ACTIVE");
  const people = [...(await readSpeakers(tx, ticket, rows)).values()].flatMap((speakers) => speakers.people);
  const asked = people.filter(({ why }) => why.some(({ kind }) => kind !== "administrator"));
  return (asked.length > 0 ? asked : people).slice(0, listenersMax).map(({ id }) => id);
}
