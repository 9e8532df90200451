import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { db } from "@/lib/core/db";
import type { DelegationRow } from "./schema";

const listMax = 100;

/** In whose place one decides, and who does so in one's own; what runs and what comes first, then what has ended. */
export async function listDelegations(ctx: Context): Promise<{ items: DelegationRow[] }> {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  const me = actorId(ctx.actor);
  const items = await db().$queryRaw<DelegationRow[]>`
    SELECT d.id, CASE WHEN d.from_user_id = ${me} THEN 'given' ELSE 'received' END AS direction,
      o.display_name AS "otherName", o.username AS "otherUsername", d.starts_at AS "startsAt",
      coalesce(d.ended_at, d.ends_at) AS "endsAt", d.reason, d.environments, d.created_at AS "createdAt",
      CASE WHEN d.ended_at IS NOT NULL OR d.ends_at <= now() THEN 'ended'
        WHEN d.starts_at > now() THEN 'planned' ELSE 'running' END AS state
    FROM approval_delegations d
    JOIN users o ON o.id = CASE WHEN d.from_user_id = ${me} THEN d.to_user_id ELSE d.from_user_id END
    WHERE d.from_user_id = ${me} OR d.to_user_id = ${me}
    ORDER BY (d.ended_at IS NOT NULL OR d.ends_at <= now()), d.starts_at, d.id LIMIT ${listMax}`;
  return { items };
}
