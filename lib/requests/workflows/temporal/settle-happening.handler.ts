import { isDeepStrictEqual } from "node:util";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import type { DryRunVerdict } from "@/lib/vms/schema";
import { checkAtCluster, type FinalChoices } from "../../complete-approval";
import { lockTicket, type Ticket } from "../../store";
import { mergeChoices, readChoices } from "../decide-step";
import { clock, endSteps, timePassed } from "../end-steps";
import { keepWord } from "../keep-word";
import { postponeStep } from "../pause-steps";
import { advance, type Happening } from "../rules";
import { standingAfter, writeCommands } from "../run-steps";
import { readSteps, stateOf } from "../store";
import type { Answer, Order } from "./rules";
import { actorOf } from "./schema";
import { listOpenWords, readSeen, readWord, settleRest, settleWord, type Word } from "./store";

const attemptsMax = 3;

/**
 * What the workflow ordered, done once however often it is ordered: under the ticket's lock, in one transaction with what
 * follows from it. The last approval passes the cluster's check first, as it does without Temporal; what is refused leaves the
 * request waiting, and whoever said it learns of it.
 */
export async function settleHappening(order: Order): Promise<Answer> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const answer = await applyOnce(order);
    if (answer !== null) return answer;
  }
  throw new Error("the request changed each time while it was checked");
}

interface Work {
  order: Order;
  /** Null for a time limit. */
  word: Word | null;
  ctx: Context;
  choices: FinalChoices;
}

async function applyOnce(order: Order): Promise<Answer | null> {
  const seen = await db().approvalTicket.findUnique({ where: { id: order.ticketId } });
  if (seen === null) return { outcome: "over", state: { steps: [] }, remaining: [] };
  const word = order.arrived === null ? null : await readWord(db(), order.arrived.id);
  const work = { order, word, ctx: contextOf(word), choices: readChoices(word?.saidAs?.choices ?? {}) };
  const isLast = word?.settled == null && standingAfter(order.commands) === "approved";
  try {
    const dryRun = isLast ? await checkAtCluster(work.ctx, seen, mergeChoices(seen, work.choices)) : null;
    return await inTransaction(async (tx) => {
      const ticket = await lockTicket(tx, order.ticketId);
      const outcome = await judgeOrder(tx, ticket, work);
      if (outcome !== null) return answerWith(tx, ticket.id, outcome);
      if (isLast && ticket.version !== seen.version) return null;
      return carryOut(tx, { ...work, ticket, dryRun });
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return inTransaction((tx) => refuse(tx, work, error.code));
  }
}

function contextOf(word: Word | null): Context {
  if (word === null || word.saidBy === null) return platformContext("clock");
  const { requestId, address, userAgent } = word.saidBy;
  return { ...platformContext("temporal", requestId), actor: actorOf(word.saidBy), address, userAgent };
}

/** Null where it is to be carried out now. */
async function judgeOrder(tx: Tx, ticket: Ticket, { order }: Work): Promise<Answer["outcome"] | null> {
  if (ticket.status !== "PENDING") {
    await settleRest(tx, ticket.id);
    return "over";
  }
  const { arrived, happening, commands } = order;
  if (arrived !== null && (await readWord(tx, arrived.id)).settled !== null) return "applied";
  if (happening === null) return null;
  if (happening.kind === "expire" && !(await isDue(tx, ticket.id, happening))) return "later";
  const follows = advance(stateOf(await readSteps(tx, ticket.id)), happening).commands;
  return isDeepStrictEqual(follows, commands) ? null : "diverged";
}

/** By the database's clock, and only when nothing that was said in time is still on its way. */
async function isDue(
  tx: Tx,
  ticketId: string,
  { stepId }: Extract<Happening, { kind: "expire" }>,
): Promise<boolean> {
  if ((await listOpenWords(tx, ticketId)).length > 0) return false;
  const due = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM approval_steps WHERE id = ${stepId} AND status = 'ACTIVE' AND due_at <= now()`;
  return due.length > 0;
}

async function carryOut(
  tx: Tx,
  work: Work & { ticket: Ticket; dryRun: DryRunVerdict | null },
): Promise<Answer> {
  const { order, word, ticket, dryRun, choices, ctx } = work;
  const { happening, commands } = order;
  if (happening !== null && commands.length > 0) {
    const said = word?.saidAs ?? null;
    // A decision is dated when it was said, and what follows from it when it follows.
    const then = { ...ctx, now: word?.createdAt ?? ctx.now };
    const told = { ticket, happening, commands, ...(said === null ? {} : { saidAs: said }) };
    const standing = await writeCommands(tx, then, told);
    const merged = mergeChoices(ticket, choices);
    const reason = said?.comment ?? timePassed;
    await endSteps(tx, ctx, {
      ticket,
      standing,
      choices: merged,
      dryRun,
      approver: approverOf(work),
      reason,
    });
    if (standing === "waiting") await keepApproval(tx, { ...work, merged });
  }
  if (word !== null) {
    const isVoid = happening !== null && commands.length === 0;
    await settleWord(tx, word.id, { state: isVoid ? "void" : "applied" });
  }
  const { status } = await tx.approvalTicket.findUniqueOrThrow({
    where: { id: ticket.id },
    select: { status: true },
  });
  if (status !== "PENDING") await settleRest(tx, ticket.id);
  return answerWith(tx, ticket.id, status === "PENDING" ? "applied" : "over");
}

function approverOf({ word }: Work): { id: string | null; name: string } {
  const actor = word?.saidBy?.actor;
  return actor?.kind === "person" ? { id: actor.id, name: actor.displayName } : clock;
}

async function keepApproval(
  tx: Tx,
  { order, word, ctx, ticket, choices, merged }: Work & { ticket: Ticket; merged: FinalChoices },
): Promise<void> {
  const { happening } = order;
  if (happening?.kind !== "decide" || word === null) return;
  const step = (await readSteps(tx, ticket.id)).find(({ id }) => id === happening.stepId);
  await keepWord(tx, ctx, {
    ticket,
    step: { id: happening.stepId, name: step?.name ?? "" },
    onBehalfOf: happening.onBehalfOf,
    comment: word.saidAs?.comment ?? "",
    choices,
    merged,
  });
}

/** The request waits as before: for the approver, who is told, or for the clock, which asks again later. */
async function refuse(tx: Tx, { order, word }: Work, code: string): Promise<Answer> {
  const ticket = await lockTicket(tx, order.ticketId);
  if (order.happening?.kind === "expire") await postponeStep(tx, order.happening.stepId);
  if (word !== null && (await readWord(tx, word.id)).settled === null) {
    await settleWord(tx, word.id, { state: "refused", refusal: code });
    if (word.saidBy?.actor.kind === "person")
      await notifyUsers(tx, [word.saidBy.actor.id], {
        kind: "SYSTEM_ALERT",
        ticketId: ticket.id,
        params: { alert: "decision_refused", operation: ticket.operation, system: ticket.systemName, code },
      });
  }
  return answerWith(tx, ticket.id, ticket.status === "PENDING" ? "refused" : "over");
}

const lookAgainSeconds = 10;

async function answerWith(tx: Tx, ticketId: string, outcome: Answer["outcome"]): Promise<Answer> {
  const { state, remaining } = await readSeen(tx, ticketId);
  // What is overdue and may not pass yet is looked at again after a while.
  const patient = remaining.map((left) =>
    outcome === "later" && left.seconds <= 0 ? { ...left, seconds: lookAgainSeconds } : left,
  );
  return { outcome, state, remaining: patient };
}
