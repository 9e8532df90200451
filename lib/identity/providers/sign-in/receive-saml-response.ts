import { z } from "zod";
import { readSamlResponse } from "@/lib/adapters/saml/read-response";
import type { SamlIdentity } from "@/lib/adapters/saml/types";
import type { Context } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { inTransaction } from "@/lib/core/transaction";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { connectSaml } from "../connect-saml";
import { personFromAttributes } from "../people/rules";
import { readProvider, type Provider, type ProviderOf } from "../store";
import type { Vouched } from "./admit-visitor";
import { asRefusal, recordRefusedSignIn, refuseSignIn } from "./record-refused-sign-in";
import { findAnswerableFlow, openFlow, rememberWord, sealForFlow, setDownAnswer, type Flow } from "./store";

export interface PostedAnswer {
  providerId: string;
  response: string;
  relayState: string;
}

/** Where the browser goes next. */
export type ReceivedAnswer = { kind: "received"; state: string } | { kind: "refused"; code: ErrorCode };

/**
 * The other site's form brings a response without this site's cookies. It is checked, counted as used and set down with
 * its flow; the browser that began the flow then comes for it with its cookie, and nobody else can.
 */
export async function receiveSamlResponse(ctx: Context, posted: PostedAnswer): Promise<ReceivedAnswer> {
  const provider = await readProvider(posted.providerId);
  const { relayState: state } = posted;
  const flow =
    provider.authType === "saml" && state.length <= 200
      ? await findAnswerableFlow(ctx.now, { providerId: provider.id, state })
      : null;
  if (flow === null || provider.authType !== "saml") {
    logger("sign-in").warn(
      { requestId: ctx.requestId, providerId: provider.id, reason: "flow" },
      "sign-in refused",
    );
    return { kind: "refused", code: "SIGN_IN_REFUSED" };
  }
  try {
    await setDown(ctx, provider, { flow, response: posted.response });
    return { kind: "received", state };
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    await recordRefusedSignIn(ctx, provider, refusal);
    return { kind: "refused", code: refusal.code };
  }
}

async function setDown(
  ctx: Context,
  provider: ProviderOf<"saml">,
  { flow, response }: { flow: Flow; response: string },
): Promise<void> {
  const identity = await readSamlResponse(connectSaml(provider.id, provider.config), {
    response,
    expectedRequestId: flow.samlRequestId ?? "",
    now: ctx.now,
  });
  const sealed = await sealForFlow(flow.id, JSON.stringify(identity));
  await inTransaction(async (tx) => {
    const word = { providerId: provider.id, key: identity.assertionId, expiresAt: identity.validUntil };
    if (!(await rememberWord(tx, word))) throw refuseSignIn("replay");
    if (!(await setDownAnswer(tx, flow.id, sealed))) throw refuseSignIn("flow");
  });
}

const setDownIdentity = z.object({
  nameId: z.string(),
  nameIdFormat: z.string(),
  sessionIndex: z.string().nullable(),
  attributes: z.record(z.string(), z.array(z.string())),
});

/** Who the response that was set down with this flow is about. */
export async function readVouchedBySaml(provider: ProviderOf<"saml">, flow: Flow): Promise<Vouched> {
  // The nonce goes when an answer is set down; a flow that still has it was never answered.
  if (flow.nonce !== null) throw refuseSignIn("unanswered");
  const identity = setDownIdentity.parse(JSON.parse(await openFlow(flow)));
  const attributes = { ...identity.attributes, name_id: identity.nameId };
  return {
    person: personFromAttributes(externalIdOf(provider, identity), attributes, provider.claims),
    providerSid: identity.sessionIndex,
    idToken: null,
  };
}

type NamedIdentity = Pick<SamlIdentity, "nameId" | "nameIdFormat" | "attributes">;

/** A name id made for one visit would make a new account at each; an attribute of several values names nobody. */
function externalIdOf({ claims }: Pick<Provider, "claims">, identity: NamedIdentity): string {
  if (claims.userId === null) {
    if (identity.nameIdFormat.endsWith(":transient")) throw refuseSignIn("transient_name_id");
    return identity.nameId;
  }
  const values = identity.attributes[claims.userId] ?? [];
  const [value] = values;
  if (values.length !== 1 || value === undefined || value.trim() === "")
    throw refuseSignIn("user_id_missing");
  return value;
}
