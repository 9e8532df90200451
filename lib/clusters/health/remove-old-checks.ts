import { db } from "@/lib/core/db";

const keptDays = 7;

/** For the clock: checks tell of the last week and no more. */
export async function removeOldChecks(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM cluster_checks WHERE checked_at < now() - make_interval(days => ${keptDays})`;
}
