import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { shownAttributes, type ExternalPerson } from "../people/rules";
import { refuseSignIn } from "../sign-in/record-refused-sign-in";
import type { Provider } from "../store";

const samplesMax = 10;

interface SampledPerson {
  provider: Provider;
  startedBy: string | null;
  person: ExternalPerson;
}

/** What a provider said of somebody at an administrator's try; nobody is signed in and no account is made. */
export function recordSample(ctx: Context, { provider, startedBy, person }: SampledPerson): Promise<void> {
  return inTransaction(async (tx) => {
    if (ctx.actor.kind !== "person" || ctx.actor.id !== startedBy) throw refuseSignIn("sample_of_another");
    await authorize(tx, ctx, "auth_provider:sync");
    await writeSamples(tx, ctx, { providerId: provider.id, people: [person] });
    await recordAudit(tx, ctx, {
      action: "auth_provider.sync",
      resource: { type: "auth_provider", id: provider.id, name: provider.name },
      details: { sampled: 1 },
    });
  });
}

/** A step: the newest ten are kept. */
export async function writeSamples(
  tx: Tx,
  ctx: Context,
  { providerId, people }: { providerId: string; people: readonly ExternalPerson[] },
): Promise<void> {
  for (const person of people.slice(0, samplesMax)) {
    const seen = { attributes: shownAttributes(person.attributes), takenAt: ctx.now };
    await tx.authProviderSample.upsert({
      where: { providerId_subject: { providerId, subject: person.externalId } },
      create: { id: newId(), providerId, subject: person.externalId, ...seen },
      update: seen,
      select: { id: true },
    });
  }
  await tx.$executeRaw`
    DELETE FROM auth_provider_samples WHERE provider_id = ${providerId} AND id NOT IN (
      SELECT id FROM auth_provider_samples WHERE provider_id = ${providerId}
      ORDER BY taken_at DESC, id DESC LIMIT ${samplesMax})`;
}
