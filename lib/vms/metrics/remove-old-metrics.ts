import { db } from "@/lib/core/db";

/** The clock's: what nobody has looked at for a day. */
export async function removeOldMetrics(): Promise<void> {
  await db().$executeRaw`DELETE FROM vm_metrics WHERE observed_at < now() - interval '1 day'`;
}
