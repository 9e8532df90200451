import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { ticketIsVisible } from "../store";
import { spansOf } from "./rules";
import type { CalendarEntry, CalendarQuestion, FreezeRow, WindowRow } from "./schema";

const entriesMax = 500;

/** Approved requests whose hour has come, by the database's clock. */
export function listDueHeld(): Promise<{ ticketId: string }[]> {
  return db().$queryRaw<{ ticketId: string }[]>`
    SELECT id AS "ticketId" FROM approval_tickets WHERE status = 'APPROVED' AND held_until <= now()
    ORDER BY held_until LIMIT 200`;
}

/** The windows and freezes themselves, for whoever keeps them. */
export async function listCalendarRules(
  ctx: Context,
): Promise<{ windows: WindowRow[]; freezes: FreezeRow[] }> {
  await authorize(db(), ctx, "platform:admin");
  const windows = await db().changeWindow.findMany({
    orderBy: [{ environment: "asc" }, { name: "asc" }],
    take: 200,
  });
  const freezes = await db().changeFreeze.findMany({
    where: { endsAt: { gt: ctx.now } },
    orderBy: { startsAt: "asc" },
    take: 200,
  });
  return { windows, freezes };
}

/** What lies between two moments: windows and freezes, which concern everybody, and the waiting requests one may see. */
export async function listCalendar(ctx: Context, asked: CalendarQuestion): Promise<CalendarEntry[]> {
  requirePerson(ctx);
  const { from, to, environment } = asked;
  const entries = [
    ...(await listFreezes(db(), asked)),
    ...(await listWindows(db(), asked)),
    ...(await listHeldRequests(ctx, { from, to, environment })),
  ];
  return entries.toSorted((a, b) => a.from.getTime() - b.from.getTime()).slice(0, entriesMax);
}

function requirePerson(ctx: Context): void {
  if (ctx.actor.kind === "anonymous") throw new AppError("UNAUTHORIZED");
}

async function listWindows(tx: Tx, { from, to, environment }: CalendarQuestion): Promise<CalendarEntry[]> {
  const windows = await tx.changeWindow.findMany({
    where: { enabled: true, ...(environment === undefined ? {} : { environment }) },
    take: 200,
  });
  return windows.flatMap((window) =>
    spansOf(window, from, to).map((span) => ({
      ...nothingOfRequest,
      kind: "window" as const,
      id: `${window.id}/${span.from.toISOString()}`,
      title: window.name,
      environment: window.environment,
      from: span.from,
      to: span.to,
    })),
  );
}

async function listFreezes(tx: Tx, { from, to, environment }: CalendarQuestion): Promise<CalendarEntry[]> {
  const freezes = await tx.changeFreeze.findMany({
    where: {
      startsAt: { lt: to },
      endsAt: { gt: from },
      ...(environment === undefined ? {} : { OR: [{ environment }, { environment: null }] }),
    },
    take: 200,
  });
  return freezes.map((freeze) => ({
    ...nothingOfRequest,
    kind: "freeze" as const,
    id: freeze.id,
    title: freeze.reason,
    environment: freeze.environment,
    from: freeze.startsAt,
    to: freeze.endsAt,
  }));
}

const nothingOfRequest = { operation: null, resourceName: null, systemName: null };

async function listHeldRequests(
  ctx: Context,
  { from, to, environment }: CalendarQuestion,
): Promise<CalendarEntry[]> {
  const there = environment === undefined ? Prisma.sql`TRUE` : Prisma.sql`k.environment = ${environment}`;
  return db().$queryRaw<CalendarEntry[]>`
    SELECT 'request' AS kind, k.id, k.system_name AS title, k.environment, k.held_until AS "from", NULL AS "to",
      k.operation, k.resource_name AS "resourceName", k.system_name AS "systemName"
    FROM approval_tickets k
    WHERE k.status = 'APPROVED' AND k.held_until >= ${from} AND k.held_until < ${to} AND ${there}
      AND ${ticketIsVisible(ctx)}
    ORDER BY k.held_until LIMIT ${entriesMax}`;
}

/** Whether one's own feed is open, and when a calendar last read it. */
export async function readFeedState(
  ctx: Context,
): Promise<{ createdAt: Date; lastReadAt: Date | null } | null> {
  return db().calendarFeed.findFirst({
    where: { userId: actorId(ctx.actor), revokedAt: null },
    select: { createdAt: true, lastReadAt: true },
  });
}
