import {
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  None,
  clockSkew,
  clockTolerance,
  customFetch,
} from "openid-client";
import type { ClientAuth } from "openid-client";
import { asClientFetch } from "./client-fetch";
import type { Provider } from "./discovery";
import { clockSkewSeconds } from "./oidc-config";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";

// openid-client reads its own clock while answers are on their way; verifySignedToken holds times to the second.
const travelSeconds = 30;

/** The provider and this client as openid-client wants them, its clock set to the caller's. */
export function configureClient(provider: Provider, config: OidcConfig, now?: Date): Configuration {
  const metadata = {
    [clockSkew]: now ? Math.floor(now.getTime() / 1000) - Math.floor(Date.now() / 1000) : 0,
    [clockTolerance]: clockSkewSeconds + travelSeconds,
  };
  const authentication = chooseAuthentication(provider, config);
  const client = new Configuration(provider.metadata, config.clientId, metadata, authentication);
  client[customFetch] = asClientFetch(provider.fetch);
  return client;
}

/** Basic is what OpenID Connect assumes of a provider that says nothing. */
function chooseAuthentication(provider: Provider, config: OidcConfig): ClientAuth {
  if (config.clientSecret === null) return None();
  const methods = provider.metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  if (methods.includes("client_secret_basic")) return ClientSecretBasic(config.clientSecret);
  if (methods.includes("client_secret_post")) return ClientSecretPost(config.clientSecret);
  throw new OidcRefusal("client-authentication", "the provider accepts no client secret");
}
