import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { sealFor } from "@/lib/core/keyring";
import { inTransaction } from "@/lib/core/transaction";
import { readSessionPerson } from "../../check-session";
import { startSession } from "../../start-session";
import { admitPerson } from "../people/admit-person";
import type { ExternalPerson } from "../people/rules";
import { isProviderUnchanged, type Provider } from "../store";
import { refuseSignIn } from "./record-refused-sign-in";

/** Somebody a provider vouched for just now. */
export interface Vouched {
  person: ExternalPerson;
  /** The provider's own name for this sign-in, by which it may end it. */
  providerSid: string | null;
  /** What a sign-out hands back to the provider. */
  idToken: string | null;
}

export interface Visit {
  person: Person;
  expiresAt: Date;
}

/**
 * Lets in whom the provider vouched for: their account, the roles of their cohorts, a new session and its record, all or
 * nothing. A provider that was changed or switched off meanwhile vouches for nobody.
 * @throws SIGN_IN_REFUSED
 */
export async function admitVisitor(
  ctx: Context,
  { provider, vouched }: { provider: Provider; vouched: Vouched },
): Promise<Visit> {
  const visit = await inTransaction(async (tx) => {
    if (!(await isProviderUnchanged(tx, provider))) throw refuseSignIn("provider_changed");
    const user = await admitPerson(tx, ctx, { provider, person: vouched.person });
    if (!user.enabled) throw refuseSignIn("user_disabled");
    const { id, sessionVersion, username } = user;
    const { providerSid } = vouched;
    const session = await startSession(tx, ctx, {
      userId: id,
      sessionVersion,
      provider: provider.id,
      providerSid,
    });
    await tx.user.update({ where: { id }, data: { lastLoginAt: ctx.now }, select: { id: true } });
    const person = await readSessionPerson(tx, ctx, session.id);
    await recordAudit(
      tx,
      { ...ctx, actor: person },
      {
        action: "user.login",
        resource: { type: "user", id, name: username },
        details: { provider: provider.name, providerId: provider.id, authType: provider.authType },
      },
    );
    return { person, expiresAt: session.expiresAt };
  });
  if (vouched.idToken !== null) await keepIdToken(visit.person.sessionId, vouched.idToken);
  return visit;
}

/** Sealed after the session is written: sealing reads a key, and a transaction that waits for another connection may wait for ever. */
async function keepIdToken(sessionId: string, idToken: string): Promise<void> {
  const sealed = await sealFor("web", idToken, `session:${sessionId}`);
  await db().userSession.updateMany({ where: { id: sessionId }, data: { idToken: { ...sealed } } });
}
