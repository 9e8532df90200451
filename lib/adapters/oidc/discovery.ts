import { createHash } from "node:crypto";
import { customFetch, discovery } from "openid-client";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import type { OutsideFetch } from "@/lib/core/outside-fetch";
import { translateFailures } from "./client-failures";
import { asClientFetch } from "./client-fetch";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";
import { providerFetch } from "./provider-fetch";
import { readMetadata } from "./provider-metadata";
import type { ProviderMetadata } from "./provider-metadata";
import { createSigningKeys } from "./signing-keys";
import type { SigningKeys } from "./signing-keys";

export interface Provider {
  metadata: ProviderMetadata;
  fetch: OutsideFetch;
  keys: SigningKeys;
}

const keptMs = 10 * 60 * 1000;
const keptMax = 50;
const kept = new Map<string, { provider: Promise<Provider>; until: number }>();

/** The provider behind a configuration, asked again after some minutes. */
export function findProvider(config: OidcConfig): Promise<Provider> {
  const known = kept.get(keyOf(config));
  return known && known.until > performance.now() ? known.provider : refreshProvider(config);
}

/** The provider as it describes itself now; what it says is kept for the calls that follow. */
export function refreshProvider(config: OidcConfig): Promise<Provider> {
  const key = keyOf(config);
  const provider = discoverProvider(config);
  kept.delete(key);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - keptMax + 1))) kept.delete(oldest);
  kept.set(key, { provider, until: performance.now() + keptMs });
  provider.catch(() => {
    if (kept.get(key)?.provider === provider) kept.delete(key);
  });
  return provider;
}

function keyOf(config: OidcConfig): string {
  return createHash("sha256")
    .update(JSON.stringify([config.issuer, config.caCertificate]))
    .digest("hex");
}

async function discoverProvider(config: OidcConfig): Promise<Provider> {
  const refusal = refusalOfOutsideAddress(config.issuer);
  if (refusal) throw new OidcRefusal("address", `the issuer's address is refused (${refusal})`);
  const fetch = providerFetch(config);
  const metadata = readMetadata(await downloadDescription(config, fetch), config);
  return { metadata, fetch, keys: createSigningKeys(fetch, metadata.jwks_uri) };
}

function downloadDescription(config: OidcConfig, fetch: OutsideFetch): Promise<unknown> {
  return translateFailures("discovery", async () => {
    const found = await discovery(new URL(config.issuer), config.clientId, undefined, undefined, {
      [customFetch]: asClientFetch(fetch),
    });
    return found.serverMetadata();
  });
}
