import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { RevokeSession } from "./schema";
import { requirePerson } from "./store";

/** Everybody may end their own sessions; ending somebody else's takes the permission to manage users. */
export function revokeSession(ctx: Context, { sessionId }: RevokeSession): Promise<void> {
  return inTransaction(async (tx) => {
    const actor = requirePerson(ctx);
    const session = await tx.userSession.findUnique({ where: { id: sessionId }, select: { userId: true } });
    if (session?.userId !== actor.id) await authorize(tx, ctx, "user:manage");
    const ended = await tx.userSession.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: ctx.now, revokedBy: actor.id, revokedReason: "revoked" },
    });
    if (session === null || ended.count === 0) throw new AppError("RESOURCE_NOT_FOUND", { type: "session" });
    await recordAudit(tx, ctx, {
      action: "user.session_revoked",
      resource: { type: "user", id: session.userId },
      details: { self: session.userId === actor.id },
    });
  });
}
