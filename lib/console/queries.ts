import type { Context } from "@/lib/core/context";
import { actorId } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { Tx } from "@/lib/core/transaction";
import { hasScreen, type ConsoleEnding } from "./rules";
import type { OpenSession } from "./schema";
import { findToken } from "./store";

/** A step: the person's grant for a VM that has not ended; the one that lasts longest. */
export async function findLiveGrant(
  tx: Tx,
  { userId, vmId }: { userId: string; vmId: string },
): Promise<{ ticketId: string; endsAt: Date } | null> {
  const rows = await tx.$queryRaw<{ ticketId: string; endsAt: Date }[]>`
    SELECT ticket_id AS "ticketId", ends_at AS "endsAt" FROM console_grants
    WHERE vm_id = ${vmId} AND user_id = ${userId} AND revoked_at IS NULL AND ends_at > clock_timestamp()
    ORDER BY ends_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Who is connected to a VM's consoles now; the caller has made sure that the person may know. */
export async function listOpenSessions(ctx: Context, vmId: string): Promise<OpenSession[]> {
  return db().$queryRaw<OpenSession[]>`
    SELECT t.jti, t.console_type AS "consoleType", u.display_name AS "displayName",
      t.user_id = ${actorId(ctx.actor)} AS "isOwn", t.used_at AS since
    FROM vnc_access_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.vm_id = ${vmId} AND t.used_at IS NOT NULL AND t.closed_at IS NULL ORDER BY t.used_at LIMIT 50`;
}

/** Why the cluster hung up on the person's session, as far as the portal knows yet; null while it does not. */
export async function explainLoss(ctx: Context, jti: string): Promise<ConsoleEnding | null> {
  const token = await findToken(db(), jti);
  if (token === null || token.userId !== actorId(ctx.actor)) return null;
  if (!hasScreen(token.vmStatus)) return "vm_stopped";
  const [newer] = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM vnc_access_tokens n JOIN vnc_access_tokens t ON t.jti = ${jti}
    WHERE n.vm_id = t.vm_id AND n.console_type = t.console_type AND n.used_at > t.used_at LIMIT 1`;
  return newer === undefined ? null : "taken_over";
}
