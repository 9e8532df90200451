import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireProviderAuthority } from "../require-provider-authority";
import { revokeProviderSessions } from "../revoke-provider-sessions";
import { lockProvider, type Provider } from "../store";
import type { ChooseClaims } from "./schema";

/**
 * Which fields say who somebody is and what they belong to. It takes hold at the next sign-in or refresh; another field
 * for who somebody is signs everybody out, because it may name other people.
 */
export function chooseClaims(ctx: Context, input: ChooseClaims): Promise<{ version: number }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "auth_provider:update");
    await requireStepUp(tx, ctx, "change_sign_in");
    const provider = await lockProvider(tx, input.providerId);
    if (provider.version !== input.version) throw new AppError("CONFLICT", { object: "auth_provider" });
    requireOwnIdentity(provider, input);
    await requireProviderAuthority(tx, ctx, provider.id);
    const { version } = await tx.authProvider.update({
      where: { id: provider.id },
      data: { claimsMapping: input.claimsMapping, version: { increment: 1 } },
      select: { version: true },
    });
    const isOtherIdentity = provider.claims.userId !== input.claimsMapping.userId;
    const ended = isOtherIdentity
      ? await revokeProviderSessions(tx, ctx, { providerId: provider.id, reason: "provider_changed" })
      : 0;
    await recordAudit(tx, ctx, {
      action: "auth_provider.update",
      resource: { type: "auth_provider", id: provider.id, name: provider.name },
      details: { before: provider.claims, after: input.claimsMapping, ended },
    });
    return { version };
  });
}

/** OIDC's subject and a directory's id attribute are what never changes; only SAML may need an attribute instead. */
function requireOwnIdentity(provider: Provider, { claimsMapping }: ChooseClaims): void {
  if (provider.authType !== "saml" && claimsMapping.userId !== null)
    throw fieldRefused("claimsMapping.userId", "not_permitted");
}
