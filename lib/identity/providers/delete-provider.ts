import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireAdministratorReachable } from "./require-administrator-reachable";
import { revokeProviderSessions } from "./revoke-provider-sessions";
import type { DeleteProvider } from "./schema";
import { lockProvider } from "./store";

/** The provider's people stay on record and cannot come in any more; what they held through it goes with it. */
export function deleteProvider(ctx: Context, { providerId, confirmName }: DeleteProvider): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "auth_provider:delete");
    await requireStepUp(tx, ctx, "change_sign_in");
    const provider = await lockProvider(tx, providerId);
    await confirmDeletion(tx, ctx, {
      entity: { type: "auth_provider", id: provider.id, name: provider.name },
      provided: confirmName,
    });
    const ended = await revokeProviderSessions(tx, ctx, { providerId, reason: "provider_deleted" });
    const withdrawn = await withdrawEverything(tx, providerId);
    await tx.authProvider.delete({ where: { id: providerId }, select: { id: true } });
    await requireAdministratorReachable(tx);
    await recordAudit(tx, ctx, {
      action: "auth_provider.delete",
      resource: { type: "auth_provider", id: providerId, name: provider.name },
      details: { ended, withdrawn },
    });
  });
}

async function withdrawEverything(tx: Tx, providerId: string): Promise<number> {
  const bindings = await tx.$executeRaw`
    DELETE FROM role_bindings b USING users u
    WHERE u.id = b.user_id AND u.auth_provider_id = ${providerId} AND b.source = 'external_cohort'`;
  await tx.userDirectoryProfile.deleteMany({ where: { providerId } });
  return bindings;
}
