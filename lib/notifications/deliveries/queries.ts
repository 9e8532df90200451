import { setTimeout as pause } from "node:timers/promises";
import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { DeliveryState } from "./rules";
import type { DeliveryFilter, DeliveryRow, TestResult } from "./schema";

/** What left the portal and what did not, newest first. */
export async function listDeliveries(ctx: Context, filter: DeliveryFilter): Promise<Page<DeliveryRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readTimeCursor(filter.cursor);
  const rows = await readRows(
    Prisma.sql`${equals(Prisma.sql`d.status`, filter.status)} AND ${equals(Prisma.sql`d.medium`, filter.medium)}
      AND ${equals(Prisma.sql`d.channel_id`, filter.channelId)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(d.created_at, d.id) < (${key[0]}, ${key[1]})`}`,
    filter.perPage + 1,
  );
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}

export async function readDelivery(ctx: Context, deliveryId: string): Promise<DeliveryRow> {
  await authorize(db(), ctx, "platform:admin");
  const [row] = await readRows(Prisma.sql`d.id = ${deliveryId}`, 1);
  if (row === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "notice_delivery" });
  return row;
}

function readRows(which: Prisma.Sql, limit: number): Promise<DeliveryRow[]> {
  return db().$queryRaw<DeliveryRow[]>`
    SELECT d.id, d.medium, d.channel_id AS "channelId", coalesce(c.name, u.display_name, '–') AS place, d.purpose,
      d.type, d.status, d.attempts, d.outcome, d.last_error AS "lastError", d.response_code AS "responseCode",
      d.created_at AS "createdAt", d.next_at AS "nextAt", d.sent_at AS "sentAt", d.redelivery_of AS "redeliveryOf"
    FROM notice_deliveries d LEFT JOIN notice_channels c ON c.id = d.channel_id
    LEFT JOIN users u ON u.id = d.recipient_id
    WHERE ${which} ORDER BY d.created_at DESC, d.id DESC LIMIT ${limit}`;
}

function equals(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  return value === undefined ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${value}`;
}

const dueMax = 500;

/** For the clock: what is due and held by nobody, whether its job was lost or its next attempt has come. */
export async function listDueDeliveries(): Promise<{ deliveryId: string }[]> {
  return db().$queryRaw`
    SELECT id AS "deliveryId" FROM notice_deliveries
    WHERE status = 'PENDING' AND next_at <= now() - interval '1 second'
      AND (lease_until IS NULL OR lease_until <= now())
    ORDER BY next_at LIMIT ${dueMax}`;
}

const waitMs = 12_000;
const lookEveryMs = 200;

/** Waits for a test's one attempt; a worker that sleeps leaves it PENDING. */
export async function awaitDelivery(deliveryId: string): Promise<TestResult> {
  const end = performance.now() + waitMs;
  for (;;) {
    const row = await db().noticeDelivery.findUniqueOrThrow({
      where: { id: deliveryId },
      select: { status: true, outcome: true, lastError: true, responseCode: true },
    });
    if (row.status !== "PENDING" || performance.now() > end) {
      const { outcome, lastError: error, responseCode } = row;
      // The database checks the states.
      return { deliveryId, status: row.status as DeliveryState, outcome, error, responseCode };
    }
    await pause(lookEveryMs);
  }
}
