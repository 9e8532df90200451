import { buildAuthorizationUrl, calculatePKCECodeChallenge } from "openid-client";
import { configureClient } from "./client-configuration";
import { translateFailures } from "./client-failures";
import { findProvider } from "./discovery";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";

export interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  loginHint?: string | undefined;
}

/** Where a person's browser is sent to sign in: code flow, PKCE with S256. */
export async function oidcAuthorizationUrl(config: OidcConfig, asked: AuthorizationRequest): Promise<string> {
  const scope = scopesOf(config).join(" ");
  const provider = await findProvider(config);
  const challenge = await calculatePKCECodeChallenge(asked.codeVerifier);
  const url = await translateFailures("endpoint", async () =>
    buildAuthorizationUrl(configureClient(provider, config), {
      response_type: "code",
      redirect_uri: asked.redirectUri,
      scope,
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: challenge,
      code_challenge_method: "S256",
      ...(asked.loginHint === undefined ? {} : { login_hint: asked.loginHint }),
    }),
  );
  return url.href;
}

function scopesOf(config: OidcConfig): string[] {
  if (config.scopes.some((scope) => !/^[\u0021\u0023-\u005b\u005d-\u007e]{1,200}$/.test(scope))) {
    throw new OidcRefusal("scope", "a scope is a word of visible ASCII characters");
  }
  return [...new Set(["openid", ...config.scopes])];
}
