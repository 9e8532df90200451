import { authorize, isAuthorized } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RevokeConsole } from "./schema";
import { findToken, readConsoleVm, recordedVm, type ConsoleVm, type TokenRow } from "./store";

const unknownSession = { object: "console" };

/**
 * Ends a session or an unused token at once, and the grant behind it: a new connection needs a new approval. Whoever
 * keeps the System may, and the platform's administrators.
 */
export function revokeConsole(ctx: Context, { vmId, jti, reason }: RevokeConsole): Promise<void> {
  return inTransaction(async (tx) => {
    const { token, vm } = await requireRevocable(tx, ctx, { jti, vmId });
    const { ticketId } = token;
    const revoked = await revokeTokens(tx, ctx, { jti, ticketId, reason: reason ?? null });
    if (revoked === 0)
      throw new AppError("INVALID_STATE", { object: "console", state: "revoked", move: "revoke" });
    await recordAudit(tx, ctx, {
      action: "vnc.access",
      ...(vm === null ? { resource: { type: "vm", id: token.vmId } } : recordedVm(vm)),
      details: {
        ...{ phase: "revoked", jti, userId: token.userId, ticketId },
        ...(reason === undefined ? {} : { reason }),
      },
    });
  });
}

/** To whoever has no role on its VM, it does not exist; the VM itself may be gone already. */
async function requireRevocable(
  tx: Tx,
  ctx: Context,
  { jti, vmId }: { jti: string; vmId: string | undefined },
): Promise<{ token: TokenRow; vm: ConsoleVm | null }> {
  const token = await findToken(tx, jti);
  if (token === null || (vmId !== undefined && token.vmId !== vmId))
    throw new AppError("RESOURCE_NOT_FOUND", unknownSession);
  const vm = token.vmStatus === null ? null : await readConsoleVm(tx, token.vmId);
  await requireKeeper(tx, ctx, vm);
  return { token, vm };
}

async function requireKeeper(tx: Tx, ctx: Context, vm: ConsoleVm | null): Promise<void> {
  if (vm !== null) {
    const { systemId, serviceId, id: vmId, environment } = vm;
    const scope = { systemId, serviceId, vmId, environment, role: "admin" } as const;
    return authorize(tx, ctx, "vm:operate", scope).catch(hideAbsence);
  }
  if (!(await isAuthorized(tx, ctx, "platform:admin")))
    throw new AppError("RESOURCE_NOT_FOUND", unknownSession);
}

/** What cannot be seen and what does not exist are told in the same words. */
function hideAbsence(error: unknown): never {
  if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND")
    throw new AppError("RESOURCE_NOT_FOUND", unknownSession);
  throw error;
}

/** The row's trigger tells the console processes, which cut what is open. */
async function revokeTokens(
  tx: Tx,
  ctx: Context,
  { jti, ticketId, reason }: { jti: string; ticketId: string | null; reason: string | null },
): Promise<number> {
  const by = actorId(ctx.actor);
  await tx.$executeRaw`
    UPDATE console_grants SET revoked_at = clock_timestamp(), revoked_by = ${by}
    WHERE ticket_id = ${ticketId} AND revoked_at IS NULL`;
  return tx.$executeRaw`
    UPDATE vnc_access_tokens SET revoked_at = clock_timestamp(), revoked_by = ${by}, revoke_reason = ${reason}
    WHERE (jti = ${jti} OR ticket_id = ${ticketId}) AND revoked_at IS NULL`;
}
