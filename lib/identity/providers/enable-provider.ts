import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requireAdministratorReachable } from "./require-administrator-reachable";
import { revokeProviderSessions } from "./revoke-provider-sessions";
import type { EnableProvider } from "./schema";
import { lockProvider } from "./store";

/** Switches a provider on or off; off, its people are signed out and cannot come in. */
export function enableProvider(ctx: Context, { providerId, enabled }: EnableProvider): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "auth_provider:update");
    await requireStepUp(tx, ctx, "change_sign_in");
    const provider = await lockProvider(tx, providerId);
    if (provider.enabled === enabled) return;
    await tx.authProvider.update({
      where: { id: providerId },
      data: { enabled, version: { increment: 1 } },
      select: { id: true },
    });
    const ended = enabled
      ? 0
      : await revokeProviderSessions(tx, ctx, { providerId, reason: "provider_disabled" });
    if (!enabled) await requireAdministratorReachable(tx);
    await recordAudit(tx, ctx, {
      action: "auth_provider.update",
      resource: { type: "auth_provider", id: providerId, name: provider.name },
      details: { before: { enabled: provider.enabled }, after: { enabled }, ended },
    });
  });
}
