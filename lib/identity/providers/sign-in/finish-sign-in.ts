import { exchangeOidcCode } from "@/lib/adapters/oidc/exchange-code";
import type { Context } from "@/lib/core/context";
import { publicBaseUrl } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { connectOidc } from "../connect-oidc";
import { recordSample } from "../mapping/record-sample";
import { openSecrets } from "../open-secrets";
import { personFromAttributes } from "../people/rules";
import { ownAddresses } from "../rules";
import { readProvider, type Provider, type ProviderOf } from "../store";
import { admitVisitor, type Visit, type Vouched } from "./admit-visitor";
import { asRefusal, recordRefusedSignIn, refuseSignIn } from "./record-refused-sign-in";
import { readVouchedBySaml } from "./receive-saml-response";
import { consumeFlow, cookieNameOf, openFlow, type Flow } from "./store";

/** A browser that comes back from a provider. */
export interface Arrival {
  providerId: string;
  /** The query as it came, with or without its question mark. */
  search: string;
  readCookie: (name: string) => string | null;
}

export interface Arrived {
  outcome:
    | { kind: "signed_in"; visit: Visit }
    | { kind: "sampled" }
    | { kind: "refused"; code: ErrorCode; wasSample: boolean };
  returnTo: string;
  /** The flow's cookie, which has served its turn; null where there was no such flow. */
  cookieName: string | null;
}

/**
 * The end of a sign-in that another server decides. The flow is used up first, so that of many arrivals with one code
 * one goes on; the provider is asked outside of any transaction.
 */
export async function finishSignIn(ctx: Context, arrival: Arrival): Promise<Arrived> {
  const provider = await readProvider(arrival.providerId);
  const flow = await findFlow(ctx, arrival);
  if (flow === null) {
    const { requestId } = ctx;
    logger("sign-in").warn({ requestId, providerId: provider.id, reason: "flow" }, "sign-in refused");
    return {
      outcome: { kind: "refused", code: "SIGN_IN_REFUSED", wasSample: false },
      returnTo: "/",
      cookieName: null,
    };
  }
  const cookieName = cookieNameOf(stateOf(arrival) ?? "");
  const { returnTo } = flow;
  try {
    if (!provider.enabled && flow.purpose === "sign_in") throw refuseSignIn("provider_disabled");
    const vouched = await readVouched(ctx, provider, { flow, search: arrival.search });
    if (flow.purpose === "sample") {
      await recordSample(ctx, { provider, startedBy: flow.startedBy, person: vouched.person });
      return { outcome: { kind: "sampled" }, returnTo, cookieName };
    }
    const visit = await admitVisitor(ctx, { provider, vouched });
    return { outcome: { kind: "signed_in", visit }, returnTo, cookieName };
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    await recordRefusedSignIn(ctx, provider, refusal);
    return {
      outcome: { kind: "refused", code: refusal.code, wasSample: flow.purpose === "sample" },
      returnTo,
      cookieName,
    };
  }
}

async function findFlow(ctx: Context, arrival: Arrival): Promise<Flow | null> {
  const state = stateOf(arrival);
  if (state === null) return null;
  const browser = arrival.readCookie(cookieNameOf(state));
  return consumeFlow(ctx.now, { providerId: arrival.providerId, state, browser });
}

function stateOf({ search }: Arrival): string | null {
  const states = new URLSearchParams(search).getAll("state");
  const [state] = states;
  return states.length === 1 && state !== undefined && state.length <= 200 ? state : null;
}

interface Answered {
  flow: Flow;
  search: string;
}

async function readVouched(ctx: Context, provider: Provider, answered: Answered): Promise<Vouched> {
  switch (provider.authType) {
    case "oidc":
      return askOidc(ctx, provider, answered);
    case "saml":
      return readVouchedBySaml(provider, answered.flow);
    case "ldap":
      throw refuseSignIn("not_supported");
  }
}

async function askOidc(
  ctx: Context,
  provider: ProviderOf<"oidc">,
  { flow, search }: Answered,
): Promise<Vouched> {
  const { clientSecret } = await openSecrets(provider);
  const redirectUri = ownAddresses(publicBaseUrl().origin, provider).callbackUrl ?? "";
  const parameters = new URLSearchParams(search);
  const identity = await exchangeOidcCode(connectOidc(provider.config, clientSecret), {
    callbackUrl: `${redirectUri}?${parameters.toString()}`,
    redirectUri,
    state: parameters.get("state") ?? "",
    nonce: flow.nonce ?? "",
    codeVerifier: await openFlow(flow),
    now: ctx.now,
  });
  return {
    person: personFromAttributes(identity.subject, identity.claims, provider.claims),
    providerSid: identity.sessionId,
    idToken: identity.idToken,
  };
}
