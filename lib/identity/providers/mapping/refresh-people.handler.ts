import type { z } from "zod";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { refreshCohortBindings } from "../people/refresh-cohort-bindings";
import type { refreshPeopleJob } from "./jobs";
import { peopleAtOnce } from "./refresh-mapped-people";

/** Doing it again changes nothing, so a try that broke off is simply repeated. */
export async function refreshPeople({
  providerId,
}: z.output<typeof refreshPeopleJob.payload>): Promise<void> {
  for (let last = ""; ;) {
    const userIds = await readNext(providerId, last);
    const next = userIds.at(-1);
    if (next === undefined) return;
    await inTransaction((tx) =>
      refreshCohortBindings(tx, platformContext("directory"), { providerId, userIds }),
    );
    last = next;
  }
}

async function readNext(providerId: string, after: string): Promise<string[]> {
  const people = await db().userDirectoryProfile.findMany({
    where: { providerId, userId: { gt: after } },
    orderBy: { userId: "asc" },
    take: peopleAtOnce,
    select: { userId: true },
  });
  return people.map(({ userId }) => userId);
}
