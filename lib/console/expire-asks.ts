import type { Tx } from "@/lib/core/transaction";

/** A step: a question that ran out, or whose session is over, is answered by nobody; both pages hear of it. */
export async function expireAsks(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE console_asks SET status = 'expired' WHERE id IN (SELECT a.id FROM console_asks a
      JOIN vnc_access_tokens t ON t.jti = a.jti
      WHERE a.status = 'asked' AND (a.expires_at <= clock_timestamp() OR t.closed_at IS NOT NULL)
      LIMIT 200 FOR UPDATE OF a SKIP LOCKED)`;
}
