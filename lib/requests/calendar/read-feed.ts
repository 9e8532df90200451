import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { CalendarLocale } from "./labels";
import { listCalendar } from "./queries";
import { renderCalendar } from "./render-calendar";
import { hashFeedToken } from "./store";

const dayMs = 86_400_000;
const daysBehind = 7;
const daysAhead = 60;

/**
 * What the owner of a secret address may see, for their calendar program.
 * @throws RESOURCE_NOT_FOUND for an unknown or closed address, and for one whose owner is disabled
 */
export async function readFeed(
  ctx: Context,
  { token, locale }: { token: string; locale: CalendarLocale },
): Promise<string> {
  const owner = await findOwner(ctx, token);
  const from = new Date(ctx.now.getTime() - daysBehind * dayMs);
  const to = new Date(ctx.now.getTime() + daysAhead * dayMs);
  const entries = await listCalendar({ ...ctx, actor: owner }, { from, to });
  return renderCalendar(entries, { locale, now: ctx.now, portal: publicBaseUrl() });
}

interface OwnerRow {
  feedId: string;
  id: string;
  username: string;
  displayName: string;
}

async function findOwner(ctx: Context, token: string): Promise<Person> {
  const rows = await db().$queryRaw<OwnerRow[]>`
    UPDATE calendar_feeds f SET last_read_at = now() FROM users u
    WHERE f.token_hash = ${hashFeedToken(token)} AND f.revoked_at IS NULL AND u.id = f.user_id AND u.enabled
    RETURNING f.id AS "feedId", u.id, u.username, u.display_name AS "displayName"`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const { feedId, id, username, displayName } = rows[0];
  return {
    ...{ kind: "person", id, username, displayName, sessionId: feedId, pendingStep: null },
    ...{ hasSecondFactor: false, mfaAt: null, viewedBy: null },
    // It carries what looking needs, and nothing with which anything could be decided.
    token: { permissions: ["ticket:view", "vm:read", "system:read"], environments: null, elevated: false },
  };
}
