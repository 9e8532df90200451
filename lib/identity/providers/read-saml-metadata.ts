import { authorize } from "@/lib/access/authorize";
import { readIdentityProviderMetadata, samlMetadata } from "@/lib/adapters/saml/metadata";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { connectSaml } from "./connect-saml";
import { explainFailure } from "./explain-failure";
import { readProvider } from "./store";

interface MetadataFacts {
  entityId: string;
  ssoUrl: string;
  /** In PEM. */
  certificates: string[];
}

/** What an identity provider's document says, for the form; nothing is kept. */
export async function readSamlMetadata(
  ctx: Context,
  { metadata }: { metadata: string },
): Promise<MetadataFacts> {
  await authorize(db(), ctx, "auth_provider:configure");
  try {
    const { entityId, ssoUrl, certificates } = readIdentityProviderMetadata(metadata, ctx.now);
    return { entityId, ssoUrl, certificates: certificates.map(toPem) };
  } catch (error) {
    const failure = explainFailure(error);
    if (failure === null) throw error;
    throw fieldRefused("metadata", "invalid", { reason: failure.message });
  }
}

function toPem(certificate: string): string {
  if (certificate.includes("-----BEGIN")) return certificate.trim();
  const lines = certificate.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
}

/** What an identity provider has to know of this portal; it holds nothing secret. */
export async function readOwnMetadata(providerId: string): Promise<string> {
  const provider = await readProvider(providerId);
  if (provider.authType !== "saml") throw new AppError("RESOURCE_NOT_FOUND", { type: "auth_provider" });
  return samlMetadata(connectSaml(provider.id, provider.config));
}
