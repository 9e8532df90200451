import { requireCarried } from "@/lib/access/rules";
import { actorId, type Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { deskOf } from "../rules";
import type { Seat } from "./find-eligible";
import { maySpeak } from "./rules";
import { readSpeakers, readSteps, stepOf, type StepRow } from "./store";

/** A step that wants this person's word, and whose seat it would fill. */
export interface Speaker {
  row: StepRow;
  seat: Seat;
  /** Whose words the step counts at this moment. */
  seats: string[];
}

export interface Found {
  speaker: Speaker | null;
  /** They have said their word already in a step that still runs. */
  hasSpoken: boolean;
}

interface Decided {
  id: string;
  operationType: string;
  systemId: string;
  environment: string | null;
  requesterId: string;
  createdAt: Date;
}

/**
 * A step: in which running step the actor may speak, the earliest first; a seat of their own before one they stand in for.
 * @throws PERMISSION_DENIED where their token does not carry it
 */
export async function findSpeaker(tx: Tx, ctx: Context, ticket: Decided): Promise<Found> {
  const rows = (await readSteps(tx, ticket.id)).filter(({ status }) => status === "ACTIVE");
  const speakers = await readSpeakers(tx, ticket, rows);
  const approverId = actorId(ctx.actor);
  let hasSpoken = false;
  for (const row of rows) {
    const asked = speakers.get(row.id);
    const person = asked?.people.find(({ id }) => id === approverId);
    if (asked === undefined || person === undefined) continue;
    const step = stepOf(row);
    const seat = person.seats.find(({ id }) =>
      maySpeak(step, { approverId, onBehalfOf: id === approverId ? null : id }),
    );
    hasSpoken ||= seat === undefined;
    if (seat === undefined) continue;
    if (ctx.actor.kind === "person") {
      const { decide, scope } = deskOf(ticket);
      requireCarried(ctx.actor.token, decide, scope);
    }
    return { speaker: { row, seat, seats: asked.seats }, hasSpoken };
  }
  return { speaker: null, hasSpoken };
}
