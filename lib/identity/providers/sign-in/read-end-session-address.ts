import { oidcEndSessionUrl } from "@/lib/adapters/oidc/end-session-url";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { openFor } from "@/lib/core/keyring";
import { logger } from "@/lib/core/logger";
import { envelope } from "@/lib/core/secrets";
import { connectOidc } from "../connect-oidc";
import { explainFailure } from "../explain-failure";
import { openSecrets } from "../open-secrets";
import { ownAddresses } from "../rules";
import { readProvider, type ProviderOf } from "../store";

/** Where a provider ends the session it began; null where there is none, or where it cannot be asked. */
export async function readEndSessionAddress(ctx: Context, sessionId: string): Promise<string | null> {
  const session = await db().userSession.findUnique({
    where: { id: sessionId },
    select: { provider: true, idToken: true },
  });
  const sealed = envelope.safeParse(session?.idToken);
  if (session === null || !sealed.success) return null;
  const known = await db().authProvider.count({ where: { id: session.provider, authType: "oidc" } });
  if (known === 0) return null;
  const provider = await readProvider(session.provider);
  if (provider.authType !== "oidc") return null;
  const idTokenHint = await openFor("web", sealed.data, `session:${sessionId}`);
  return askProvider(ctx, provider, idTokenHint);
}

/** The person is signed out here whatever the provider says. */
async function askProvider(
  ctx: Context,
  provider: ProviderOf<"oidc">,
  idTokenHint: string,
): Promise<string | null> {
  const { clientSecret } = await openSecrets(provider);
  const postLogoutRedirectUri = ownAddresses(publicBaseUrl().origin, provider).postLogoutUrl ?? "";
  try {
    const config = connectOidc(provider.config, clientSecret);
    return await oidcEndSessionUrl(config, { idTokenHint, postLogoutRedirectUri });
  } catch (error) {
    const failure = explainFailure(error);
    if (failure === null) throw error;
    const { requestId } = ctx;
    logger("sign-in").warn(
      { requestId, providerId: provider.id, reason: failure.reason },
      "no end-session address",
    );
    return null;
  }
}
