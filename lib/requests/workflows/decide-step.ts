import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { FinalChoices } from "../complete-approval";
import { approveInput } from "../schema";
import type { Ticket } from "../store";
import { findUnmet } from "./choose-workflow";
import { dispatcherOf } from "./dispatcher";
import type { Speaker } from "./find-speaker";
import { keepWord } from "./keep-word";
import { readQuestion } from "./read-question";
import { standingAfter } from "./run-steps";
import { advance, type Happening } from "./rules";
import { readSteps, stateOf } from "./store";

export interface StepWord {
  ticket: Ticket;
  /** Found by `requireDecider`, in this same transaction. */
  speaker: Speaker;
  verdict: "approve" | "reject";
  comment: string;
  choices: FinalChoices;
}

export interface StepAnswer {
  /** The request is decided: what it asks for may start, or it has been refused. */
  isLast: boolean;
  /** With what earlier steps have changed. */
  choices: FinalChoices;
}

const finalChoices = approveInput.omit({ ticketId: true, version: true, comment: true }).partial();

/** What earlier steps have changed, and what this one says beside it. */
export function mergeChoices(ticket: Pick<Ticket, "pendingChoices">, choices: FinalChoices): FinalChoices {
  return { ...pendingOf(ticket), ...withoutAbsent(choices) };
}

/** What was kept of a word that was on its way. */
export function readChoices(kept: Record<string, unknown>): FinalChoices {
  return withoutAbsent(finalChoices.catch({}).parse(kept));
}

/** A step: would this word be the last? For what must be asked of a cluster before the transaction. */
export async function wouldBeLast(tx: Tx, ctx: Context, word: StepWord): Promise<boolean> {
  const state = stateOf(await readSteps(tx, word.ticket.id));
  const { commands } = advance(state, await happeningOf(tx, ctx, word));
  return standingAfter(commands) === "approved";
}

/**
 * A step: one word is said in a running step, under the ticket's lock.
 * @throws VALIDATION_FAILED for a choice that the step may not make, INVALID_STATE when somebody was first
 */
export async function decideStep(tx: Tx, ctx: Context, word: StepWord): Promise<StepAnswer> {
  const { ticket, speaker, verdict, comment } = word;
  const choices = verdict === "approve" ? requireEditable(word) : {};
  const happening = await happeningOf(tx, ctx, word);
  const onBehalfOf = speaker.seat.id === actorId(ctx.actor) ? null : speaker.seat.id;
  const saidAs = {
    approverName: shownName(ctx.actor),
    onBehalfOfName: onBehalfOf === null ? null : speaker.seat.displayName,
    comment,
    choices: Object.keys(choices).length === 0 ? null : { ...choices },
  };
  const standing = await dispatcherOf(ticket).signal(tx, ctx, { ticket, happening, saidAs });
  if (standing === null)
    throw new AppError("INVALID_STATE", {
      object: "approval_step",
      state: speaker.row.status,
      move: verdict,
    });
  const merged = mergeChoices(ticket, choices);
  if (standing === "approved" || standing === "rejected") return { isLast: true, choices: merged };
  // What is on its way is kept and recorded where it arrives.
  if (standing === "waiting") {
    const { id, name } = speaker.row;
    await keepWord(tx, ctx, { ticket, step: { id, name }, onBehalfOf, choices, merged, comment });
  }
  return { isLast: false, choices: merged };
}

async function happeningOf(tx: Tx, ctx: Context, word: StepWord): Promise<Happening> {
  const { speaker, verdict } = word;
  const approverId = actorId(ctx.actor);
  return {
    kind: "decide",
    stepId: speaker.row.id,
    approverId,
    onBehalfOf: speaker.seat.id === approverId ? null : speaker.seat.id,
    verdict,
    seats: speaker.seats,
    reconsidered: verdict === "approve" ? await listReconsidered(tx, word) : [],
  };
}

const conditional = ["operation", "environment", "system", "size", "gpu", "cost_class"];

/** Whoever makes a request larger does not spare it the steps that larger ones pass. */
async function listReconsidered(tx: Tx, { ticket, choices }: StepWord): Promise<string[]> {
  const asked = await readQuestion(tx, ticket);
  const { cpuLimit, memoryLimitGi, diskGb } = mergeChoices(ticket, choices);
  const demand = asked.demand && {
    ...asked.demand,
    cpuCores: cpuLimit ?? asked.demand.cpuCores,
    memoryGi: memoryLimitGi ?? asked.demand.memoryGi,
    diskGb: diskGb ?? asked.demand.diskGb,
  };
  const rows = await readSteps(tx, ticket.id);
  return rows
    .filter(({ skipReason }) => skipReason !== null && conditional.includes(skipReason))
    .filter(
      ({ definition: { condition } }) =>
        condition !== null && findUnmet(condition, { ...asked, demand }) === null,
    )
    .map(({ id }) => id);
}

/** A step may name what its approvers may change; anything else is refused by name. */
function requireEditable({ ticket, speaker, choices }: StepWord): FinalChoices {
  const { editable } = speaker.row.definition;
  const pending: Record<string, unknown> = pendingOf(ticket);
  const given = withoutAbsent(choices);
  if (editable === null) return given;
  const allowed: readonly string[] = [...editable, "modificationReason"];
  const refused = Object.entries(given).find(
    ([field, value]) => !allowed.includes(field) && pending[field] !== value,
  );
  if (refused !== undefined) throw fieldRefused(refused[0], "not_editable", { step: speaker.row.name });
  return given;
}

function pendingOf({ pendingChoices }: Pick<Ticket, "pendingChoices">): FinalChoices {
  return finalChoices.catch({}).parse(pendingChoices ?? {});
}

function withoutAbsent(choices: FinalChoices): FinalChoices {
  const given = Object.entries(finalChoices.strip().parse(choices)).filter(
    ([, value]) => value !== undefined,
  );
  // Members of parsed choices, without those that are undefined.
  return Object.fromEntries(given) as FinalChoices;
}
