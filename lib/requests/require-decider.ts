import { authorize, isAuthorized } from "@/lib/access/authorize";
import { requireChangingToken } from "@/lib/access/members/require-member-admin";
import { requireStepUp } from "@/lib/access/require-step-up";
import { unfinishedSignIn } from "@/lib/access/rules";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { deskOf } from "./rules";
import type { Ticket } from "./store";
import { findSpeaker, type Found, type Speaker } from "./workflows/find-speaker";
import { wasAskedAbout } from "./workflows/find-turns";

/** What of a ticket says who may do what with it. */
type Watched = Pick<Ticket, "id" | "operationType" | "systemId" | "environment" | "requesterId">;

type Decided = Watched & Pick<Ticket, "status" | "createdAt" | "externalState">;

/** A step: for whoever may look at the desk's side of it; to anybody who may not see the ticket it does not exist. */
export async function requireWatcher(tx: Tx, ctx: Context, ticket: Watched): Promise<void> {
  requireSignedIn(ctx);
  const { watch, scope } = deskOf(ticket);
  if (await isAuthorized(tx, ctx, watch, scope)) return;
  if (await wasAskedAbout(tx, ctx, ticket.id)) return;
  await authorize(tx, ctx, watch, scope).catch((error: unknown) => hideUnseen(tx, ctx, { ticket, error }));
}

/**
 * A step: a running step of it wants this person's word. Whoever asked never decides, whatever else they are (spec §0.2),
 * unless their environment has been relaxed on record.
 * @returns in which step they speak, and whose seat they fill
 */
export async function requireDecider(tx: Tx, ctx: Context, ticket: Decided): Promise<Speaker> {
  requireSignedIn(ctx);
  const found = await findSpeaker(tx, ctx, ticket);
  if (ticket.status !== "PENDING" || found.speaker === null)
    return refuseDecision(tx, ctx, { ticket, found });
  // What waits at a desk outside is decided there, unless an administrator takes it back.
  if (["sending", "waiting"].includes(ticket.externalState ?? ""))
    throw new AppError("INVALID_STATE", { object: "outside_request", move: "decide" });
  // Deciding about a role changes who belongs to a System, which a token that only reads may not.
  if (ticket.operationType === "ACCESS") requireChangingToken(ctx, ticket.systemId);
  return found.speaker;
}

/** A step: beside the right to decide, an approval for production wants a second factor proved a moment ago. */
export async function requireApprover(tx: Tx, ctx: Context, ticket: Decided): Promise<Speaker> {
  const speaker = await requireDecider(tx, ctx, ticket);
  if (ticket.environment === null) return speaker;
  const environment = await tx.environment.findUnique({
    where: { name: ticket.environment },
    select: { class: true },
  });
  if (environment?.class !== "test") await requireStepUp(tx, ctx, "approve_in_production");
  return speaker;
}

/** One's own, what is on one's desk, what one was asked about, and what `ticket:view` opens. */
export async function maySeeTicket(tx: Tx, ctx: Context, ticket: Watched): Promise<boolean> {
  requireSignedIn(ctx);
  if (actorId(ctx.actor) === ticket.requesterId) return true;
  const { watch, alsoSees, scope } = deskOf(ticket);
  if (await isAuthorized(tx, ctx, watch, scope)) return true;
  if (await wasAskedAbout(tx, ctx, ticket.id)) return true;
  return alsoSees !== null && isAuthorized(tx, ctx, alsoSees, scope);
}

export function unknownTicket(): AppError {
  return new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
}

function requireSignedIn(ctx: Context): void {
  if (ctx.actor.kind === "anonymous") throw new AppError("UNAUTHORIZED");
  if (ctx.actor.kind === "person" && ctx.actor.pendingStep !== null)
    throw unfinishedSignIn(ctx.actor.pendingStep);
}

/** Tells as much as the person may know: nothing, that it is theirs, what they lack, or that it is decided. */
async function refuseDecision(
  tx: Tx,
  ctx: Context,
  { ticket, found }: { ticket: Decided; found: Found },
): Promise<never> {
  const { decide, scope } = deskOf(ticket);
  if (actorId(ctx.actor) === ticket.requesterId) throw new AppError("SELF_APPROVAL_FORBIDDEN");
  const isAsked = found.hasSpoken || (await wasAskedAbout(tx, ctx, ticket.id));
  if (!isAsked)
    await authorize(tx, ctx, decide, scope).catch((error: unknown) => hideUnseen(tx, ctx, { ticket, error }));
  const state = await readStatus(tx, ticket);
  if (state !== "PENDING") throw new AppError("INVALID_STATE", { object: "request", state, move: "decide" });
  if (found.hasSpoken)
    throw new AppError("INVALID_STATE", { object: "approval_step", state: "SPOKEN", move: "decide" });
  throw new AppError("PERMISSION_DENIED", { permission: "turn", ...scope });
}

/** Read anew: what was asked before the transaction may have been decided by somebody else since the ticket was read. */
async function readStatus(tx: Tx, { id, status }: Decided): Promise<string> {
  if (status !== "PENDING") return status;
  const ticket = await tx.approvalTicket.findUnique({ where: { id }, select: { status: true } });
  return ticket?.status ?? status;
}

async function hideUnseen(
  tx: Tx,
  ctx: Context,
  { ticket, error }: { ticket: Watched; error: unknown },
): Promise<never> {
  const isDenial =
    error instanceof AppError && ["PERMISSION_DENIED", "RESOURCE_NOT_FOUND"].includes(error.code);
  if (isDenial && !(await maySeeTicket(tx, ctx, ticket))) throw unknownTicket();
  throw error;
}
