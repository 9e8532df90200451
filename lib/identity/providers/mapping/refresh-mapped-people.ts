import type { Context } from "@/lib/core/context";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { refreshCohortBindings } from "../people/refresh-cohort-bindings";
import { refreshPeopleJob } from "./jobs";

/** As many as one transaction refreshes; more become a job's work. */
export const peopleAtOnce = 200;

/**
 * A step, after mappings changed: whoever is concerned gets or loses the role at once, in the same transaction; where
 * more than two hundred people are concerned a worker goes through them in steps of that size.
 * @returns how many people were refreshed here, or null where a worker does it
 */
export async function refreshMappedPeople(
  tx: Tx,
  ctx: Context,
  { providerId, cohorts }: { providerId: string; cohorts: readonly string[] },
): Promise<number | null> {
  const people = await tx.$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM user_directory_profiles
    WHERE provider_id = ${providerId} AND cohorts && ${[...cohorts]}::text[] ORDER BY user_id LIMIT ${peopleAtOnce + 1}`;
  if (people.length > peopleAtOnce) {
    await enqueue(tx, refreshPeopleJob, { providerId });
    return null;
  }
  await refreshCohortBindings(tx, ctx, { providerId, userIds: people.map(({ userId }) => userId) });
  return people.length;
}
