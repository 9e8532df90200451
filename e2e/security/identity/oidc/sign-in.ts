import { randomBytes } from "node:crypto";
import { oidcAuthorizationUrl } from "@/lib/adapters/oidc/authorization-url";
import { exchangeOidcCode } from "@/lib/adapters/oidc/exchange-code";
import type { CodeExchange, OidcIdentity } from "@/lib/adapters/oidc/exchange-code";
import { OidcRefusal } from "@/lib/adapters/oidc/oidc-refusal";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import type { Tenant } from "./tenant";

export const redirectUri = "https://portal.example/api/auth/callback/oidc";

/** A whole sign-in: the address is made, the provider sends the browser back, the code is redeemed. */
export async function signIn(tenant: Tenant, changes: Partial<CodeExchange> = {}): Promise<OidcIdentity> {
  const begun = await beginSignIn(tenant);
  return exchangeOidcCode(tenant.config, { ...begun, ...changes });
}

export async function beginSignIn(tenant: Tenant): Promise<CodeExchange> {
  const [state, nonce, codeVerifier] = [word(), word(), word()];
  const asked = { redirectUri, state, nonce, codeVerifier };
  const sentBack = tenant.authorize(await oidcAuthorizationUrl(tenant.config, asked));
  tenant.tricks.callback?.(sentBack);
  return { ...asked, callbackUrl: `${redirectUri}?${sentBack.toString()}`, now: new Date() };
}

/** Why it was refused, or null when it came through; an error of any other kind is a fault of the wall. */
export async function readRefusal(
  attempt: () => Promise<unknown>,
): Promise<OidcRefusal | OutsideFetchFailure | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (error instanceof OidcRefusal || error instanceof OutsideFetchFailure) return error;
    throw error;
  }
}

function word(): string {
  return randomBytes(32).toString("base64url");
}
