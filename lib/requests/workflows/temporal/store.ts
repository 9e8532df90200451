import type { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { advance, type Happening, type WorkflowState } from "../rules";
import type { SaidAs } from "../run-steps";
import { readSteps, stateOf } from "../store";
import { sendHappeningsJob } from "./jobs";
import type { Arrived, Remaining, Seen, Start } from "./rules";
import { happening as storedHappening, saidAs, saidBy, type SaidBy } from "./schema";

export interface Word extends Arrived {
  saidAs: SaidAs | null;
  saidBy: SaidBy | null;
  createdAt: Date;
  settled: "applied" | "void" | "refused" | null;
}

type Row = Awaited<ReturnType<Tx["approvalHappening"]["findMany"]>>[number];

function wordOf(row: Row): Word {
  const { id, sequence, createdAt, state } = row;
  return {
    ...{ id, sequence, createdAt },
    happening: row.happening === null ? null : storedHappening.parse(row.happening),
    // Plain JSON by its schema, as Prisma's own type has it.
    saidAs: row.saidAs === null ? null : (saidAs.parse(row.saidAs) as SaidAs),
    saidBy: row.saidBy === null ? null : saidBy.parse(row.saidBy),
    settled: state === "applied" || state === "void" || state === "refused" ? state : null,
  };
}

/** What has been told and not carried out yet, in its order. */
export async function listOpenWords(tx: Tx, ticketId: string): Promise<Word[]> {
  const rows = await tx.approvalHappening.findMany({
    where: { ticketId, settledAt: null },
    orderBy: { sequence: "asc" },
    take: 200,
  });
  return rows.map(wordOf);
}

export async function readWord(tx: Tx, id: string): Promise<Word> {
  const row = await tx.approvalHappening.findUnique({ where: { id } });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "approval_happening" });
  return wordOf(row);
}

/** Where the steps will stand once everything that was told has been carried out. */
export async function foresee(tx: Tx, ticketId: string): Promise<WorkflowState> {
  const words = await listOpenWords(tx, ticketId);
  return words.reduce(
    (state, { happening }) => (happening === null ? state : advance(state, happening).state),
    stateOf(await readSteps(tx, ticketId)),
  );
}

interface Telling {
  ticketId: string;
  happening: Happening | null;
  saidAs?: SaidAs | undefined;
}

/** Written in the caller's transaction, under the ticket's lock; sent once that has committed. */
export async function writeWord(tx: Tx, ctx: Context | null, telling: Telling): Promise<void> {
  const { ticketId, happening } = telling;
  const last = await tx.approvalHappening.aggregate({ where: { ticketId }, _max: { sequence: true } });
  await tx.approvalHappening.create({
    data: {
      id: newId(),
      ticketId,
      sequence: (last._max.sequence ?? 0) + 1,
      ...(happening === null || ctx === null ? {} : { happening, saidBy: saidByOf(ctx) }),
      ...(telling.saidAs === undefined ? {} : { saidAs: { ...telling.saidAs } }),
      ...(ctx === null ? {} : { createdAt: ctx.now }),
    },
    select: { id: true },
  });
  await enqueue(tx, sendHappeningsJob, { ticketId });
}

function saidByOf({ actor, requestId, address, userAgent }: Context): Prisma.InputJsonObject {
  const facts = { requestId, address, userAgent };
  if (actor.kind !== "person")
    return {
      ...facts,
      actor: { kind: "platform", name: actor.kind === "platform" ? actor.name : actor.kind },
    };
  const { kind, id, username, displayName, sessionId } = actor;
  return { ...facts, actor: { kind, id, username, displayName, sessionId } };
}

export async function settleWord(
  tx: Tx,
  id: string,
  { state, refusal = null }: { state: "applied" | "void" | "refused"; refusal?: string | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE approval_happenings SET state = ${state}, refusal = ${refusal}, settled_at = now()
    WHERE id = ${id} AND settled_at IS NULL`;
}

/** Nothing waits to be told about a request that has ended. */
export async function settleRest(tx: Tx, ticketId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE approval_happenings SET state = 'void', settled_at = now()
    WHERE ticket_id = ${ticketId} AND settled_at IS NULL`;
}

/** The rows at this moment, times by the database's clock; a paused step has none left to run. */
export async function readSeen(tx: Tx, ticketId: string): Promise<Seen> {
  const remaining = await tx.$queryRaw<Remaining[]>`
    SELECT s.id AS "stepId", s.escalation_level AS level, extract(epoch FROM s.due_at - now())::float8 AS seconds
    FROM approval_steps s JOIN approval_tickets k ON k.id = s.ticket_id AND k.status = 'PENDING'
    WHERE s.ticket_id = ${ticketId} AND s.status = 'ACTIVE' AND s.due_at IS NOT NULL ORDER BY s.position`;
  return { state: stateOf(await readSteps(tx, ticketId)), remaining };
}

export interface Delivery {
  isPending: boolean;
  /** For whoever leads it from nothing: the first time, or after what led it was lost. */
  start: Start;
  words: Word[];
}

/** All that is to be told of a request, in its order; null where there is no such request. */
export async function readDelivery(tx: Tx, ticketId: string): Promise<Delivery | null> {
  const ticket = await tx.approvalTicket.findUnique({ where: { id: ticketId }, select: { status: true } });
  if (ticket === null) return null;
  const words = await listOpenWords(tx, ticketId);
  const last = await tx.approvalHappening.aggregate({ where: { ticketId }, _max: { sequence: true } });
  const sequence = words[0] === undefined ? (last._max.sequence ?? 0) : words[0].sequence - 1;
  const seen = await readSeen(tx, ticketId);
  return { isPending: ticket.status === "PENDING", start: { ticketId, sequence, ...seen }, words };
}
