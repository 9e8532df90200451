import { authorize, isAuthorized } from "@/lib/access/authorize";
import { requireChangingToken } from "@/lib/access/members/require-member-admin";
import { requireStepUp } from "@/lib/access/require-step-up";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { deskOf } from "./rules";
import type { Ticket } from "./store";

/** What of a ticket says who may do what with it. */
type Watched = Pick<Ticket, "operationType" | "systemId" | "environment" | "requesterId">;

/** A step: for whoever may look at the desk's side of it; to anybody who may not see the ticket it does not exist. */
export async function requireWatcher(tx: Tx, ctx: Context, ticket: Watched): Promise<void> {
  const { watch, scope } = deskOf(ticket);
  await authorize(tx, ctx, watch, scope).catch((error: unknown) => hideUnseen(tx, ctx, { ticket, error }));
}

/** A step: whoever asked never decides, whatever else they are (spec §0.2). */
export async function requireDecider(tx: Tx, ctx: Context, ticket: Watched): Promise<void> {
  const { decide, scope } = deskOf(ticket);
  await authorize(tx, ctx, decide, scope).catch((error: unknown) => hideUnseen(tx, ctx, { ticket, error }));
  // Deciding about a role changes who belongs to a System, which a token that only reads may not.
  if (ticket.operationType === "ACCESS") requireChangingToken(ctx, ticket.systemId);
  if (actorId(ctx.actor) === ticket.requesterId) throw new AppError("SELF_APPROVAL_FORBIDDEN");
}

/** A step: beside the right to decide, an approval for production wants a second factor proved a moment ago. */
export async function requireApprover(tx: Tx, ctx: Context, ticket: Watched): Promise<void> {
  await requireDecider(tx, ctx, ticket);
  if (ticket.environment === null) return;
  const environment = await tx.environment.findUnique({
    where: { name: ticket.environment },
    select: { class: true },
  });
  if (environment?.class !== "test") await requireStepUp(tx, ctx, "approve_in_production");
}

/** One's own, what is on one's desk, and what `ticket:view` opens. */
export async function maySeeTicket(tx: Tx, ctx: Context, ticket: Watched): Promise<boolean> {
  if (actorId(ctx.actor) === ticket.requesterId) return true;
  const { watch, alsoSees, scope } = deskOf(ticket);
  if (await isAuthorized(tx, ctx, watch, scope)) return true;
  return alsoSees !== null && isAuthorized(tx, ctx, alsoSees, scope);
}

export function unknownTicket(): AppError {
  return new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
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
