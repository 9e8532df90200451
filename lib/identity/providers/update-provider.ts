import type { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { hashOf } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { checkSettings } from "./check-settings";
import { namesOfSecrets, openSecrets, sealSecrets, type Secrets } from "./open-secrets";
import { requireProviderAuthority } from "./require-provider-authority";
import { revokeProviderSessions } from "./revoke-provider-sessions";
import { secretDestination, type ProviderSettings } from "./rules";
import type { UpdateProvider } from "./schema";
import { lockProvider, readProvider, type Provider } from "./store";

/** Whoever signed in through the server as it was set up before signs in again when that changes (spec §5.2). */
export async function updateProvider(ctx: Context, input: UpdateProvider): Promise<{ version: number }> {
  await authorize(db(), ctx, "auth_provider:update");
  const settings = settingsOf(input);
  if (settings !== null) checkSettings(settings);
  const secrets = await nextSecrets(await readProvider(input.providerId), input, settings);
  const sealed = secrets === null ? null : await sealSecrets(input.providerId, secrets);
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "auth_provider:update");
      await requireStepUp(tx, ctx, "change_sign_in");
      const provider = await lockProvider(tx, input.providerId);
      if (provider.version !== input.version) throw new AppError("CONFLICT", { object: "auth_provider" });
      if (provider.authType !== input.authType) throw fieldRefused("authType", "not_allowed");
      const endsSessions = sealed !== null || (settings !== null && isOther(provider, settings));
      if (endsSessions) await requireProviderAuthority(tx, ctx, provider.id);
      const changes = changesOf(provider, input);
      const { version } = await tx.authProvider.update({
        where: { id: provider.id },
        data: { ...changes, ...(sealed === null ? {} : { secrets: sealed }), version: { increment: 1 } },
        select: { version: true },
      });
      await recordChange(tx, ctx, { provider, input, changes, endsSessions });
      return { version };
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
}

function settingsOf(input: UpdateProvider): ProviderSettings | null {
  switch (input.authType) {
    case "oidc":
      return input.config === undefined ? null : { authType: "oidc", config: input.config };
    case "saml":
      return input.config === undefined ? null : { authType: "saml", config: input.config };
    case "ldap":
      return input.config === undefined ? null : { authType: "ldap", config: input.config };
  }
}

/** Null: the kept ones stay. A kept secret is not carried to another server than the one it was given for. */
async function nextSecrets(
  provider: Provider,
  input: UpdateProvider,
  settings: ProviderSettings | null,
): Promise<Secrets | null> {
  const given: Secrets = input.secrets ?? {};
  if (namesOfSecrets(given).length > 0) return given;
  const { kept } = await openSecrets(provider);
  if (settings === null || kept[0] === undefined) return null;
  if (secretDestination(provider) !== secretDestination(settings))
    throw fieldRefused(`secrets.${kept[0]}`, "required");
  return null;
}

function isOther(provider: Provider, settings: ProviderSettings): boolean {
  return hashOf(provider.config) !== hashOf(settings.config);
}

function changesOf(provider: Provider, input: UpdateProvider): Prisma.AuthProviderUpdateInput {
  const { name, sortOrder, requireMfa, config, syncIntervalMinutes } = input;
  return {
    ...(name === undefined || name === provider.name ? {} : { name }),
    ...(sortOrder === undefined || sortOrder === provider.sortOrder ? {} : { sortOrder }),
    ...(requireMfa === undefined || requireMfa === provider.requireMfa ? {} : { requireMfa }),
    ...(config === undefined || hashOf(config) === hashOf(provider.config) ? {} : { config }),
    ...(syncIntervalMinutes === undefined || provider.authType !== "ldap" ? {} : { syncIntervalMinutes }),
  };
}

interface Change {
  provider: Provider;
  input: UpdateProvider;
  changes: Prisma.AuthProviderUpdateInput;
  endsSessions: boolean;
}

async function recordChange(tx: Tx, ctx: Context, { provider, input, changes, endsSessions }: Change) {
  const sessionsEnded = endsSessions
    ? await revokeProviderSessions(tx, ctx, { providerId: provider.id, reason: "provider_changed" })
    : 0;
  const before = Object.entries(provider).filter(([key]) => key in changes);
  await recordAudit(tx, ctx, {
    action: "auth_provider.update",
    resource: { type: "auth_provider", id: provider.id, name: provider.name },
    details: {
      before: Object.fromEntries(before),
      after: changes,
      renewed: namesOfSecrets(input.secrets ?? {}),
      ended: sessionsEnded,
    },
  });
}
