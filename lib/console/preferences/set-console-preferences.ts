import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { requirePerson } from "../store";
import { preferenceKeys, readConsolePreferences } from "./queries";
import { consolePreferences, type ConsolePreferences, type SetConsolePreferences } from "./schema";

/** What a person chose for their consoles; nobody else's business, so nothing is recorded. */
export async function setConsolePreferences(
  ctx: Context,
  { combinations, view }: SetConsolePreferences,
): Promise<ConsolePreferences> {
  const { id: userId, viewedBy } = requirePerson(ctx);
  if (viewedBy !== null) throw new AppError("VIEW_ONLY");
  const now = await readConsolePreferences(ctx);
  const next: ConsolePreferences = {
    combinations: combinations ?? now.combinations,
    view: consolePreferences.shape.view.parse({ ...now.view, ...definedOf(view ?? {}) }),
  };
  const written = [
    ...(combinations === undefined ? [] : [{ key: preferenceKeys.combinations, value: next.combinations }]),
    ...(view === undefined ? [] : [{ key: preferenceKeys.view, value: next.view }]),
  ];
  await db().$transaction(
    written.map(({ key, value }) =>
      db().userPreference.upsert({
        where: { userId_key: { userId, key } },
        create: { userId, key, value },
        update: { value },
        select: { key: true },
      }),
    ),
  );
  return next;
}

/** A member that is left out changes nothing, and neither does one that is given as undefined. */
function definedOf(choices: NonNullable<SetConsolePreferences["view"]>) {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}
