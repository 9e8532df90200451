import { db } from "@/lib/core/db";

const keptDays = 90;

/** What was said to a desk is kept for a quarter; the records of what it decided stand in the audit log. */
export async function removeOldDeliveries(): Promise<void> {
  await db()
    .$executeRaw`DELETE FROM external_deliveries WHERE at < now() - make_interval(days => ${keptDays})`;
}
