import { accessTerms } from "../access/schema";
import type { Ticket } from "../store";
import type { Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { askedOf, readSpeakers, type StepRow } from "./store";

type TurnNews = "APPROVAL_PENDING" | "APPROVAL_REMINDER" | "APPROVAL_ESCALATED";

/** A step: those whose turn it is learn of it; whoever has spoken already is not asked again. */
export async function notifyApprovers(
  tx: Tx,
  ticket: Ticket,
  { rows, kind }: { rows: readonly StepRow[]; kind: TurnNews },
): Promise<void> {
  const speakers = await readSpeakers(tx, ticket, rows);
  for (const row of rows) {
    const people = speakers.get(row.id)?.people ?? [];
    const heard = new Set(
      row.decisions.filter(({ level }) => level === row.escalationLevel).map(({ approverId }) => approverId),
    );
    const asked = withoutSpares(people, row).filter(({ id }) => !heard.has(id));
    await notifyUsers(
      tx,
      asked.map(({ id }) => id),
      { kind, ticketId: ticket.id, params: { ...factsOf(ticket), step: row.name } },
    );
  }
}

/** Where others are asked by name, administrators are told only when nobody else is left. */
function withoutSpares<Person extends { why: { kind: string }[] }>(
  people: readonly Person[],
  row: StepRow,
): readonly Person[] {
  if (askedOf(row).approvers.some(({ kind }) => kind === "holders")) return people;
  const asked = people.filter(({ why }) => why.some(({ kind }) => kind !== "administrator"));
  return asked.length > 0 ? asked : people;
}

function factsOf(ticket: Ticket) {
  const facts = { operation: ticket.operation, requester: ticket.requesterName, system: ticket.systemName };
  const terms = accessTerms.safeParse(ticket.operationType === "ACCESS" ? ticket.requestParams : null);
  if (terms.success) return { ...facts, role: terms.data.role, days: terms.data.days };
  return { ...facts, service: ticket.serviceName, vm: ticket.resourceName };
}
