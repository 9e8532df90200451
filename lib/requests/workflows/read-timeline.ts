import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { maySeeTicket, unknownTicket } from "../require-decider";
import type { Ticket } from "../store";
import { builtIn, dispatcherOf, type Standing } from "./dispatcher";
import type { Speakers } from "./find-eligible";
import { maySpeak } from "./rules";
import type { Timeline, TimelineStep } from "./schema";
import { readSpeakers, readSteps, stepOf, type StepRow } from "./store";

const open = ["WAITING", "ACTIVE"];
const happeningsMax = 200;

/** Where a request stands: whose turn it is and why, what was said, what comes, and what happened in order. */
export async function readTimeline(ctx: Context, ticketId: string): Promise<Timeline> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: ticketId } });
  if (ticket === null || !(await maySeeTicket(db(), ctx, ticket))) throw unknownTicket();
  const rows = await readSteps(db(), ticketId);
  const asking = ticket.status === "PENDING" ? rows.filter(({ status }) => open.includes(status)) : [];
  const speakers = await readSpeakers(db(), ticket, asking);
  return {
    ticketId,
    workflowName: ticket.workflowName,
    dispatcher: ticket.dispatcher,
    status: ticket.status,
    round: rows[0]?.round ?? 1,
    pausedSince: ticket.infoRequestedAt,
    onItsWay: (await standingOf(ticket)) === "pending",
    steps: rows.map((row) => tellStep(ctx, row, speakers.get(row.id))),
    happenings: await listHappenings(ticket),
  };
}

/** Only where somebody outside leads it can anything be on its way. */
async function standingOf(ticket: Ticket): Promise<Standing | null> {
  const dispatcher = dispatcherOf(ticket);
  return dispatcher === builtIn ? null : dispatcher.getStatus(db(), ticket.id);
}

function tellStep(ctx: Context, row: StepRow, speakers: Speakers | undefined): TimelineStep {
  const step = stepOf(row);
  const { definition, position, stage, name, skipReason, activatedAt, dueAt, finishedAt } = row;
  return {
    ...{ id: row.id, position, stage, name, skipReason, activatedAt, dueAt, finishedAt },
    mode: step.level > 0 ? "any" : step.mode,
    needed: step.level > 0 ? 1 : row.needed,
    status: step.status,
    timeoutHours: definition.timeoutHours,
    onTimeout: definition.onTimeout,
    escalationLevel: step.level,
    escalations: step.escalations,
    editable: definition.editable,
    remainingSeconds: row.remainingSeconds,
    isMine: step.status === "ACTIVE" && isTurnOf(actorId(ctx.actor), row, speakers),
    eligible: (speakers?.people ?? []).map(({ seats: _seats, ...person }) => person),
    decisions: row.decisions.map(({ approverName, onBehalfOfName, verdict, comment, level, at }) => ({
      ...{ approverName, onBehalfOfName, comment, level, at },
      verdict: verdict === "reject" ? "reject" : "approve",
    })),
  };
}

function isTurnOf(approverId: string, row: StepRow, speakers: Speakers | undefined): boolean {
  const person = speakers?.people.find(({ id }) => id === approverId);
  return (person?.seats ?? []).some(({ id }) =>
    maySpeak(stepOf(row), { approverId, onBehalfOf: id === approverId ? null : id }),
  );
}

const happening = z.object({
  at: z.date(),
  action: z.string(),
  actorName: z.string(),
  outcome: z.enum(["success", "failure"]),
  details: z.record(z.string(), z.json()),
});

/** From the records: everything that was written about this request, in its order. */
async function listHappenings(ticket: Ticket): Promise<Timeline["happenings"]> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT l.created_at AS at, l.action, coalesce(u.display_name, l.actor_name) AS "actorName", l.outcome,
      jsonb_strip_nulls(jsonb_build_object('reason', l.details->'reason', 'comment', l.details->'comment',
        'step', l.details->'step', 'stepId', l.details->'stepId', 'level', l.details->'level',
        'code', l.details->'code', 'desk', l.details->'desk', 'outcome', l.details->'outcome')) AS details
    FROM audit_logs l LEFT JOIN users u ON u.id = l.actor_id
    WHERE l.resource_type = 'ticket' AND l.resource_id = ${ticket.id}
    ORDER BY l.created_at, l.id LIMIT ${Prisma.sql`${happeningsMax}`}`;
  return z.array(happening).parse(rows);
}
