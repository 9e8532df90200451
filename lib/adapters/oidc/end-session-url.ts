import { buildEndSessionUrl } from "openid-client";
import { configureClient } from "./client-configuration";
import { translateFailures } from "./client-failures";
import { findProvider } from "./discovery";
import type { OidcConfig } from "./oidc-config";

/** Where a browser is sent to sign out at the provider too; null when the provider has no such page. */
export async function oidcEndSessionUrl(
  config: OidcConfig,
  asked: { idTokenHint: string; postLogoutRedirectUri: string },
): Promise<string | null> {
  const provider = await findProvider(config);
  if (provider.metadata.end_session_endpoint === undefined) return null;
  const url = await translateFailures("endpoint", async () =>
    buildEndSessionUrl(configureClient(provider, config), {
      id_token_hint: asked.idTokenHint,
      post_logout_redirect_uri: asked.postLogoutRedirectUri,
    }),
  );
  return url.href;
}
