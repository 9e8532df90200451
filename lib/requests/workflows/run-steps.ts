import type { Prisma } from "@/prisma/generated/client";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { environmentOf, type Ticket } from "../store";
import type { Standing } from "./dispatcher";
import { notifyApprovers } from "./notify-approvers";
import { advance, type Command, type Happening } from "./rules";
import { readSteps, stateOf, writeCommand } from "./store";

/** What goes on record beside the bare word. */
export interface SaidAs {
  approverName: string;
  onBehalfOfName: string | null;
  comment: string;
  choices: Prisma.InputJsonObject | null;
}

export interface Told {
  ticket: Ticket;
  happening: Happening;
  saidAs?: SaidAs;
}

/**
 * A step: what happened is put to the engine and its commands are written, in the caller's transaction and under the lock
 * that the caller holds on the ticket.
 * @returns null where it changed nothing, because it came too late or twice
 */
export async function runSteps(tx: Tx, ctx: Context, told: Told): Promise<Standing | null> {
  const { commands } = advance(stateOf(await readSteps(tx, told.ticket.id)), told.happening);
  if (commands.length === 0) return null;
  return writeCommands(tx, ctx, { ...told, commands });
}

/** A step: what the engine said is done to the rows, and those whose turn it is learn of it. */
export async function writeCommands(
  tx: Tx,
  ctx: Context,
  { commands, ...told }: Told & { commands: readonly Command[] },
): Promise<Standing> {
  for (const command of commands) await applyCommand(tx, ctx, { ...told, command });
  await tellTurns(tx, told.ticket, commands);
  return standingAfter(commands);
}

export function standingAfter(commands: readonly Command[]): Standing {
  const finish = commands.find((command) => command.kind === "finish");
  return finish === undefined ? "waiting" : finish.outcome;
}

async function applyCommand(tx: Tx, ctx: Context, told: Told & { command: Command }): Promise<void> {
  const { command, saidAs, ticket } = told;
  if (command.kind === "finish") return;
  if (command.kind === "record") {
    const { choices, ...said } = saidAs ?? {
      approverName: "",
      onBehalfOfName: null,
      comment: "",
      choices: null,
    };
    await tx.approvalStepDecision.create({
      data: {
        id: newId(),
        stepId: command.stepId,
        ...command.decision,
        ...said,
        ...(choices === null ? {} : { choices }),
        at: ctx.now,
      },
      select: { id: true },
    });
    return;
  }
  await writeCommand(tx, command);
  await recordTimer(tx, ctx, { ticket, command, happening: told.happening });
}

const timerActions = { remind: "approval.remind", escalate: "approval.escalate" } as const;

/** What the clock did is on record as what people do is. */
async function recordTimer(
  tx: Tx,
  ctx: Context,
  { ticket, command, happening }: Told & { command: Command },
): Promise<void> {
  if (happening.kind !== "expire" || !("stepId" in command) || command.stepId !== happening.stepId) return;
  const isTimer = command.kind === "remind" || command.kind === "escalate";
  if (!isTimer && command.kind !== "settle") return;
  await recordAudit(tx, ctx, {
    action: isTimer ? timerActions[command.kind] : "approval.step_expire",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: {
      stepId: command.stepId,
      ...(command.kind === "settle" ? { outcome: command.status } : {}),
      ...(command.kind === "escalate" ? { level: command.level } : {}),
    },
  });
}

const turnNews = {
  activate: "APPROVAL_PENDING",
  escalate: "APPROVAL_ESCALATED",
  remind: "APPROVAL_REMINDER",
} as const;

async function tellTurns(tx: Tx, ticket: Ticket, commands: readonly Command[]): Promise<void> {
  const turns = commands.filter((command) => command.kind in turnNews);
  if (turns.length === 0) return;
  const rows = await readSteps(tx, ticket.id);
  for (const kind of ["activate", "escalate", "remind"] as const) {
    const ids = turns.flatMap((command) =>
      command.kind === kind && "stepId" in command ? [command.stepId] : [],
    );
    const asked = rows.filter(({ id }) => ids.includes(id));
    if (asked.length > 0) await notifyApprovers(tx, ticket, { rows: asked, kind: turnNews[kind] });
  }
}
