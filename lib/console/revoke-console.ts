import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RevokeConsole } from "./schema";
import { findToken, readConsoleVm, recordedVm } from "./store";

/** Ends a session or an unused token at once, and the grant behind it: a new connection needs a new approval. */
export function revokeConsole(ctx: Context, { vmId, jti }: RevokeConsole): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const token = await findToken(tx, jti);
    if (token?.vmId !== vmId) throw new AppError("RESOURCE_NOT_FOUND", { object: "console" });
    const revoked = await revokeTokens(tx, ctx, { jti, ticketId: token.ticketId });
    if (revoked === 0)
      throw new AppError("INVALID_STATE", { object: "console", state: "revoked", move: "revoke" });
    const vm = await readConsoleVm(tx, vmId);
    await recordAudit(tx, ctx, {
      action: "vnc.access",
      ...recordedVm(vm),
      details: { phase: "revoked", jti, userId: token.userId, ticketId: token.ticketId },
    });
  });
}

/** The row's trigger tells the console processes, which cut what is open. */
async function revokeTokens(
  tx: Tx,
  ctx: Context,
  { jti, ticketId }: { jti: string; ticketId: string | null },
): Promise<number> {
  const by = actorId(ctx.actor);
  await tx.$executeRaw`
    UPDATE console_grants SET revoked_at = clock_timestamp(), revoked_by = ${by}
    WHERE ticket_id = ${ticketId} AND revoked_at IS NULL`;
  return tx.$executeRaw`
    UPDATE vnc_access_tokens SET revoked_at = clock_timestamp(), revoked_by = ${by}
    WHERE (jti = ${jti} OR ticket_id = ${ticketId}) AND revoked_at IS NULL`;
}
