import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Provider } from "../store";
import { addPerson } from "./add-person";
import { recordCohortsMissing } from "./record-cohorts-missing";
import { refreshCohortBindings } from "./refresh-cohort-bindings";
import { cohortTexts, shownAttributes, type ExternalPerson } from "./rules";

export interface AdmittedPerson {
  id: string;
  username: string;
  enabled: boolean;
  sessionVersion: number;
  isNew: boolean;
}

export type Voucher = Pick<Provider, "id" | "name" | "authType" | "claims">;

/**
 * A step: somebody a provider vouches for, found again by the provider's own name for them or entered anew, with the
 * roles of their cohorts (spec §5.2). Nobody is ever linked to an account by a user name or an e-mail address.
 */
export async function admitPerson(
  tx: Tx,
  asked: Context,
  { provider, person }: { provider: Voucher; person: ExternalPerson },
): Promise<AdmittedPerson> {
  // What follows from the provider's word is its doing and not the visitor's, who is nobody yet.
  const ctx: Context = { ...asked, actor: { kind: "platform", name: "directory" } };
  const known = await lockPerson(tx, provider, person.externalId);
  const user = known ?? (await addPerson(tx, ctx, { provider, person }));
  if (known !== null) await updatePerson(tx, known.id, person);
  await writeProfile(tx, ctx, { userId: user.id, providerId: provider.id, person });
  if (person.cohorts === null) await recordCohortsMissing(tx, ctx, { provider, user });
  else await refreshCohortBindings(tx, ctx, { providerId: provider.id, userIds: [user.id] });
  const { enabled, sessionVersion } = await tx.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { enabled: true, sessionVersion: true },
  });
  return { id: user.id, username: user.username, enabled, sessionVersion, isNew: known === null };
}

/** Two sign-ins of one person follow each other. */
async function lockPerson(tx: Tx, provider: Voucher, externalId: string) {
  const rows = await tx.$queryRaw<{ id: string; username: string }[]>`
    SELECT id, username FROM users WHERE auth_provider_id = ${provider.id} AND external_id = ${externalId} FOR UPDATE`;
  return rows[0] ?? null;
}

/** The user name stays what it was, because records name it; an e-mail address that somebody else has is left out. */
async function updatePerson(tx: Tx, userId: string, { email, displayName }: ExternalPerson): Promise<void> {
  await tx.$executeRaw`
    UPDATE users u SET display_name = ${displayName}, updated_at = now(),
      email = CASE WHEN EXISTS (SELECT FROM users o WHERE lower(o.email) = ${email} AND o.id <> u.id)
        THEN u.email ELSE ${email} END
    WHERE u.id = ${userId} AND (u.display_name, u.email) IS DISTINCT FROM (${displayName}::text, ${email}::text)`;
}

interface Profile {
  userId: string;
  providerId: string;
  person: ExternalPerson;
}

/** Cohorts that were not named stay those that were named last. */
async function writeProfile(tx: Tx, ctx: Context, { userId, providerId, person }: Profile): Promise<void> {
  const attributes = shownAttributes(person.attributes);
  const cohorts =
    person.cohorts === null
      ? { cohortsMissingAt: ctx.now }
      : { cohorts: cohortTexts(person.cohorts), cohortsMissingAt: null };
  const seen = { providerId, attributes, refreshedAt: ctx.now, ...cohorts };
  await tx.userDirectoryProfile.upsert({
    where: { userId },
    create: { userId, ...seen },
    update: seen,
    select: { userId: true },
  });
}
