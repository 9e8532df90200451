import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { viewsOf } from "../views/queries";
import type { ViewRow } from "../views/schema";
import { listChoices, preferenceKey, type ListChoices } from "./schema";

/** How this person likes the list, and the views they can open, in one statement. */
export async function readListChoices(ctx: Context): Promise<{ choices: ListChoices; views: ViewRow[] }> {
  const [found] = await db().$queryRaw<{ choices: unknown; views: ViewRow[] }[]>`
    SELECT (SELECT p.value FROM user_preferences p
        WHERE p.user_id = ${actorId(ctx.actor)} AND p.key = ${preferenceKey}) AS choices,
      (SELECT coalesce(jsonb_agg(to_jsonb(w)), '[]') FROM (${viewsOf(ctx)}) w) AS views`;
  // What was kept in another form is as if nothing was.
  const choices = listChoices.safeParse(found?.choices);
  return { choices: choices.success ? choices.data : {}, views: found?.views ?? [] };
}
