import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { refreshCohortBindings } from "./refresh-cohort-bindings";

interface Leaver {
  provider: { id: string; name: string };
  user: { id: string; username: string };
}

/**
 * A step: somebody whom the directory no longer has. What it gave them goes, their sessions and tokens end; the account
 * stays for the records that name it, and comes back to life with them.
 */
export async function withdrawPerson(tx: Tx, ctx: Context, { provider, user }: Leaver): Promise<void> {
  const gone = {
    attributes: { "directory.gone_at": ctx.now.toISOString() },
    cohorts: [],
    refreshedAt: ctx.now,
  };
  await tx.userDirectoryProfile.upsert({
    where: { userId: user.id },
    create: { userId: user.id, providerId: provider.id, ...gone },
    update: gone,
    select: { userId: true },
  });
  await refreshCohortBindings(tx, ctx, { providerId: provider.id, userIds: [user.id] });
  const ending = { revokedAt: ctx.now, revokedBy: "directory" };
  const where = { userId: user.id, revokedAt: null };
  const sessions = await tx.userSession.updateMany({
    where,
    data: { ...ending, revokedReason: "gone_from_directory" },
  });
  const tokens = await tx.apiToken.updateMany({ where, data: ending });
  await recordAudit(tx, ctx, {
    action: "user.session_revoked",
    resource: { type: "user", id: user.id, name: user.username },
    parent: { type: "auth_provider", id: provider.id },
    details: { self: false, reason: "gone_from_directory", count: sessions.count, keys: tokens.count },
  });
}
