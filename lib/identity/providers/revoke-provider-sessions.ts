import { actorId, type Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";

/** A step: whoever signed in through the provider signs in again, and tries that are under way come to nothing. */
export async function revokeProviderSessions(
  tx: Tx,
  ctx: Context,
  { providerId, reason }: { providerId: string; reason: string },
): Promise<number> {
  await tx.authFlowState.deleteMany({ where: { providerId } });
  const ended = await tx.userSession.updateMany({
    where: { provider: providerId, revokedAt: null },
    data: { revokedAt: ctx.now, revokedBy: actorId(ctx.actor), revokedReason: reason },
  });
  return ended.count;
}
