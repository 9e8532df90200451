import { db } from "@/lib/core/db";

/** Spec §2: an inbox keeps ninety days, and so does the log of what was sent. */
const keptDays = 90;
const atOnceMax = 10_000;

/** For the clock. In portions, so that no single statement holds many rows. */
export async function removeOldNotices(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM notifications WHERE id IN (SELECT id FROM notifications
      WHERE created_at < now() - make_interval(days => ${keptDays}) LIMIT ${atOnceMax})`;
  await db().$executeRaw`
    DELETE FROM notice_deliveries WHERE id IN (SELECT id FROM notice_deliveries
      WHERE created_at < now() - make_interval(days => ${keptDays}) LIMIT ${atOnceMax})`;
}
