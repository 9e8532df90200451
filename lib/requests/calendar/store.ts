import type { AnyOperation } from "@/lib/vocabulary/operations";
import { createHash } from "node:crypto";
import type { Context, Person } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { chooseOpening, type FreezeFacts, type Opening, type WindowFacts } from "./rules";

export interface OpeningQuestion {
  environment: string;
  operation: AnyOperation;
  /** Not before, where somebody wishes so. */
  startAt?: Date | null;
  now: Date;
}

interface CalendarFacts {
  windows: WindowFacts[];
  freezes: FreezeFacts[];
}

/** A step: the enabled windows of an environment and the freezes that have not ended there. */
export async function readCalendarFacts(
  tx: Tx,
  { environment, now }: { environment: string; now: Date },
): Promise<CalendarFacts> {
  const windows = await tx.changeWindow.findMany({
    where: { environment, enabled: true },
    orderBy: { name: "asc" },
  });
  const freezes = await tx.changeFreeze.findMany({
    where: { OR: [{ environment }, { environment: null }], endsAt: { gt: now } },
    orderBy: { startsAt: "asc" },
    take: 500,
  });
  return { windows, freezes };
}

/** A step: when approved work of this kind may begin, and what makes it wait; null where freezes leave no moment. */
export async function nextOpening(tx: Tx, question: OpeningQuestion): Promise<Opening | null> {
  const facts = await readCalendarFacts(tx, question);
  return chooseOpening(facts, { startAt: null, ...question });
}

export async function requireEnvironment(tx: Tx, name: string): Promise<void> {
  const known = await tx.environment.findUnique({ where: { name }, select: { name: true } });
  if (known === null) throw fieldRefused("environment", "not_found");
}

export async function lockWindow(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM change_windows WHERE id = ${id} FOR UPDATE`;
  const window = await tx.changeWindow.findUnique({ where: { id } });
  if (window === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "change_window" });
  return window;
}

export async function lockFreeze(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM change_freezes WHERE id = ${id} FOR UPDATE`;
  const freeze = await tx.changeFreeze.findUnique({ where: { id } });
  if (freeze === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "change_freeze" });
  return freeze;
}

/** Who looked at an older revision decides about something else. */
export function requireRevision({ revision }: { revision: number }, seen: number | undefined): void {
  if (seen !== undefined && seen !== revision)
    throw new AppError("CONFLICT", { object: "calendar", seen, current: revision });
}

/** Secret addresses are the doing of the person themselves, not of a program that speaks for them. */
export function requireSession({ actor }: Context): Person {
  if (actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  if (actor.token !== null) {
    throw new AppError("PERMISSION_DENIED", { permission: "session", reason: "token" });
  }
  if (actor.viewedBy !== null) throw new AppError("VIEW_ONLY");
  return actor;
}

export function hashFeedToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** @returns whether there was one */
export async function revokeOpenFeed(tx: Tx, ctx: Context, userId: string): Promise<boolean> {
  const { count } = await tx.calendarFeed.updateMany({
    where: { userId, revokedAt: null },
    data: { revokedAt: ctx.now },
  });
  return count > 0;
}
