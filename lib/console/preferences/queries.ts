import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { consolePreferences, type ConsolePreferences } from "./schema";

/** Where a person's choices stand among their preferences. */
export const preferenceKeys = { combinations: "console.combinations", view: "console.view" } as const;

/** How the person likes consoles; what was never chosen is as it comes. */
export async function readConsolePreferences(ctx: Context): Promise<ConsolePreferences> {
  const rows = await db().userPreference.findMany({
    where: { userId: actorId(ctx.actor), key: { in: Object.values(preferenceKeys) } },
    select: { key: true, value: true },
  });
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  return consolePreferences.parse({
    combinations: stored.get(preferenceKeys.combinations),
    view: stored.get(preferenceKeys.view),
  });
}
