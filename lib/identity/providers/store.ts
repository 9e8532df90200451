import { z } from "zod";
import type { AuthProvider } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { envelope, type Envelope } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import type { ProviderSettings } from "./rules";
import { claimsMapping, type ClaimsMapping } from "./schema";
import { ldapConfig, oidcConfig, samlConfig } from "./settings/schema";

export type Provider = ProviderSettings & {
  id: string;
  name: string;
  enabled: boolean;
  version: number;
  sealed: Envelope | null;
  claims: ClaimsMapping;
  requireMfa: boolean;
  sortOrder: number;
  syncIntervalMinutes: number | null;
};
export type ProviderOf<Type extends Provider["authType"]> = Extract<Provider, { authType: Type }>;

/** @throws RESOURCE_NOT_FOUND */
export async function readProvider(providerId: string): Promise<Provider> {
  return toProvider(await db().authProvider.findUnique({ where: { id: providerId } }));
}

/** A provider people may sign in through: one that is switched off does not exist for them. */
export async function readOpenProvider(providerId: string): Promise<Provider> {
  const provider = await readProvider(providerId);
  if (!provider.enabled) throw notFound();
  return provider;
}

/** Held to the end of the transaction, so that two changes follow each other. */
export async function lockProvider(tx: Tx, providerId: string): Promise<Provider> {
  await tx.$queryRaw`SELECT id FROM auth_providers WHERE id = ${providerId} FOR UPDATE`;
  return toProvider(await tx.authProvider.findUnique({ where: { id: providerId } }));
}

/** Whether the provider that vouched for somebody still stands as it was asked; it stays so to the transaction's end. */
export async function isProviderUnchanged(tx: Tx, provider: Provider): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM auth_providers WHERE id = ${provider.id} AND enabled AND version = ${provider.version} FOR SHARE`;
  return rows.length === 1;
}

function toProvider(row: AuthProvider | null): Provider {
  if (row === null) throw notFound();
  const { id, name, enabled, version, requireMfa, sortOrder, syncIntervalMinutes } = row;
  const sealed = row.secrets === null ? null : envelope.parse(row.secrets);
  const claims = claimsMapping.parse(row.claimsMapping);
  return {
    ...parseSettings(row),
    ...{ id, name, enabled, version, requireMfa, sortOrder, syncIntervalMinutes, sealed, claims },
  };
}

export const authType = z.enum(["oidc", "saml", "ldap"]);

/** What stands in the row was parsed when it was written; whatever does not parse now fails closed. */
export function parseSettings(row: { authType: string; config: unknown }): ProviderSettings {
  const type = authType.parse(row.authType);
  switch (type) {
    case "oidc":
      return { authType: type, config: oidcConfig.parse(row.config) };
    case "saml":
      return { authType: type, config: samlConfig.parse(row.config) };
    case "ldap":
      return { authType: type, config: ldapConfig.parse(row.config) };
  }
}

function notFound(): AppError {
  return new AppError("RESOURCE_NOT_FOUND", { type: "auth_provider" });
}
