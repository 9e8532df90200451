import { Prisma } from "@/prisma/generated/client";
import { carries } from "@/lib/access/rules";
import { isPlatformAdmin } from "@/lib/access/visible";
import { actorId, type Context, type TokenReach } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { deskOf } from "../rules";
import { isKin, isRelaxed, seats, standsIn } from "./find-eligible";

/**
 * WHERE-fragments over requests `k`: whether an active step wants the actor's word, or that of somebody they stand in for.
 * The same seats as `findEligible` lists.
 */
export function findTurns(ctx: Context): Prisma.Sql {
  if (ctx.actor.kind !== "person") return Prisma.sql`FALSE`;
  const me = Prisma.sql`${actorId(ctx.actor)}`;
  return Prisma.sql`(k.status = 'PENDING' AND ${isWithinToken(ctx)}
    AND (${isRelaxed} OR NOT ${isKin(me)}) AND EXISTS (
      SELECT 1 FROM approval_steps s WHERE s.ticket_id = k.id AND s.status = 'ACTIVE'
        AND NOT EXISTS (SELECT 1 FROM approval_step_decisions w
          WHERE w.step_id = s.id AND w.level = s.escalation_level AND w.approver_id = ${me})
        AND (EXISTS (SELECT 1 FROM ${seatsOfStep} WHERE ${isFilledBy(me)} AND NOT ${isTaken})
          OR (${isPlatformAdmin(ctx)} AND ${isShort}))))`;
}

/** What a token leaves of its owner's decisions. */
function isWithinToken(ctx: Context): Prisma.Sql {
  const token = ctx.actor.kind === "person" ? ctx.actor.token : null;
  const carried = Prisma.sql`CASE WHEN k.operation_type = 'ACCESS' THEN ${isCarried(token, "ACCESS")}
    ELSE ${isCarried(token, "")} END`;
  const environments = token?.environments ?? null;
  if (environments === null) return carried;
  return Prisma.sql`(${carried} AND (k.environment IS NULL OR k.environment = ANY(${[...environments]})))`;
}

function isCarried(token: TokenReach | null, operationType: string): Prisma.Sql {
  const { decide } = deskOf({ operationType, systemId: "", environment: null });
  return carries(token, decide) ? Prisma.sql`TRUE` : Prisma.sql`FALSE`;
}

const seatsOfStep = Prisma.sql`approval_step_approvers a CROSS JOIN LATERAL ${seats} x
  JOIN users o ON o.id = x.user_id AND o.enabled`;
const isOfStep = Prisma.sql`a.step_id = s.id AND a.level = s.escalation_level
  AND (${isRelaxed} OR NOT ${isKin(Prisma.sql`x.user_id`)})`;

function isFilledBy(me: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${isOfStep} AND (x.user_id = ${me} OR x.user_id IN (
    SELECT d.from_user_id FROM approval_delegations d WHERE d.to_user_id = ${me} AND ${standsIn}))`;
}

const isTaken = Prisma.sql`EXISTS (SELECT 1 FROM approval_step_decisions w WHERE w.step_id = s.id
  AND w.level = s.escalation_level AND coalesce(w.on_behalf_of, w.approver_id) = x.user_id)`;

/** Those who are asked cannot fill the seats, so administrators may. */
const isShort = Prisma.sql`(SELECT count(DISTINCT x.user_id) FROM ${seatsOfStep} WHERE ${isOfStep})
  < CASE WHEN s.mode = 'quorum' AND s.escalation_level = 0 THEN s.needed ELSE 1 END`;

/** Who was asked by any step that has begun, or has spoken in one, may go on looking at the request. */
export function wasAsked(ctx: Context): Prisma.Sql {
  if (ctx.actor.kind !== "person") return Prisma.sql`FALSE`;
  const me = Prisma.sql`${actorId(ctx.actor)}`;
  return Prisma.sql`(${isWithinToken(ctx)} AND (k.id IN (
      SELECT s.ticket_id FROM approval_step_decisions w JOIN approval_steps s ON s.id = w.step_id
      WHERE w.approver_id = ${me})
    OR (k.status = 'PENDING' AND NOT ${isKin(me)} AND EXISTS (
      SELECT 1 FROM approval_steps s CROSS JOIN ${seatsOfStep}
      WHERE s.ticket_id = k.id AND s.status <> 'SKIPPED' AND ${isFilledBy(me)}))))`;
}

/** A step: the same of one request. */
export async function wasAskedAbout(tx: Tx, ctx: Context, ticketId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM approval_tickets k WHERE k.id = ${ticketId} AND ${wasAsked(ctx)}`;
  return rows.length > 0;
}
