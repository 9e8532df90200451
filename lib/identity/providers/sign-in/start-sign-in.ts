import { oidcAuthorizationUrl } from "@/lib/adapters/oidc/authorization-url";
import { samlLoginUrl } from "@/lib/adapters/saml/login-url";
import type { Context } from "@/lib/core/context";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { ownPath } from "../../rules";
import { countFlow } from "../../store";
import { connectOidc } from "../connect-oidc";
import { connectSaml } from "../connect-saml";
import { openSecrets } from "../open-secrets";
import { ownAddresses } from "../rules";
import { readOpenProvider, type Provider } from "../store";
import { translateRefusal } from "./record-refused-sign-in";
import type { StartSignIn } from "./schema";
import { beginFlow, type BegunFlow, type NewFlow } from "./store";

export interface StartedSignIn {
  redirectUrl: string;
  /** Binds the try to this browser. */
  cookie: { name: string; value: string };
}

/**
 * Where the browser goes to sign in at a provider, and the cookie by which it is known when it comes back.
 * @throws RESOURCE_NOT_FOUND, NOT_SUPPORTED for one that asks for a password here, PROVIDER_UNAVAILABLE, SIGN_IN_REFUSED,
 * RATE_LIMIT_EXCEEDED
 */
export async function startSignIn(
  ctx: Context,
  { providerId, returnTo }: StartSignIn,
): Promise<StartedSignIn> {
  const provider = await readOpenProvider(providerId);
  await countFlow(ctx.address);
  const flow = { purpose: "sign_in", startedBy: null, returnTo: ownPath(returnTo) } as const;
  return translateRefusal(ctx, provider, () => leadAway(ctx, provider, flow));
}

/** The same for a try that only shows what the provider says. */
export async function leadAway(
  ctx: Context,
  provider: Provider,
  flow: Omit<NewFlow, "providerId">,
): Promise<StartedSignIn> {
  if (provider.authType === "ldap") throw new AppError("NOT_SUPPORTED", { type: provider.authType });
  const begun = await beginFlow(ctx.now, { ...flow, providerId: provider.id });
  return { redirectUrl: await addressOf(provider, begun), cookie: begun.cookie };
}

async function addressOf(
  provider: Exclude<Provider, { authType: "ldap" }>,
  begun: BegunFlow,
): Promise<string> {
  const { state, nonce, codeVerifier, samlRequestId } = begun;
  if (provider.authType === "saml") {
    const asked = { requestId: samlRequestId, relayState: state };
    return samlLoginUrl(connectSaml(provider.id, provider.config), asked);
  }
  const { clientSecret } = await openSecrets(provider);
  const redirectUri = ownAddresses(publicBaseUrl().origin, provider).callbackUrl ?? "";
  return oidcAuthorizationUrl(connectOidc(provider.config, clientSecret), {
    redirectUri,
    state,
    nonce,
    codeVerifier,
  });
}
