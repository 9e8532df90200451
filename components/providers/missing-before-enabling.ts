import type { ProviderDetail } from "@/lib/identity/providers/schema";

type Missing = "plainText" | "noSecret" | "noGroupField" | "noMapping";

/** What somebody should know before people may sign in through it; nothing of it forbids that. */
export function missingBeforeEnabling(
  provider: Pick<ProviderDetail, "authType" | "config" | "secretsKept" | "claimsMapping" | "mappingCount">,
): Missing[] {
  const { config, authType } = provider;
  const isReadable = "startTls" in config && !config.startTls && /^ldap:/i.test(config.url);
  const found: [Missing, boolean][] = [
    ["plainText", isReadable],
    ["noSecret", authType === "oidc" && !provider.secretsKept.includes("clientSecret")],
    ["noGroupField", provider.claimsMapping.groups === null],
    ["noMapping", provider.mappingCount === 0],
  ];
  return found.flatMap(([missing, isMissing]) => (isMissing ? [missing] : []));
}
