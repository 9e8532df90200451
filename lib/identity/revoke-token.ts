import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RevokeToken, RevokeUserToken } from "./tokens/schema";
import { lockManagedUser, requireOwnSession } from "./store";

/** @throws RESOURCE_NOT_FOUND for anybody else's, as for tokens that never were */
export function revokeToken(ctx: Context, { tokenId }: RevokeToken): Promise<void> {
  return inTransaction(async (tx) => {
    await endToken(tx, ctx, { id: tokenId, owner: requireOwnSession(ctx) });
  });
}

/** Somebody else's, by whoever manages users. */
export function revokeUserToken(ctx: Context, { userId, tokenId }: RevokeUserToken): Promise<void> {
  return inTransaction(async (tx) => {
    requireOwnSession(ctx);
    await endToken(tx, ctx, { id: tokenId, owner: await lockManagedUser(tx, ctx, userId) });
  });
}

interface EndedToken {
  id: string;
  owner: { id: string; username: string };
}

/** The row's trigger tells streams and consoles that were opened with it. */
async function endToken(tx: Tx, ctx: Context, { id, owner }: EndedToken): Promise<void> {
  const [token] = await tx.apiToken.updateManyAndReturn({
    where: { id, userId: owner.id, revokedAt: null },
    data: { revokedAt: ctx.now, revokedBy: actorId(ctx.actor) },
    select: { name: true },
  });
  if (token === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "api_token" });
  await recordAudit(tx, ctx, {
    action: "token.revoke",
    resource: { type: "api_token", id, name: token.name },
    parent: { type: "user", id: owner.id },
    details: { owner: owner.username },
  });
}
