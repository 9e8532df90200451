import { authorize } from "@/lib/access/authorize";
import { listLdapPeople } from "@/lib/adapters/ldap/people";
import { listLdapGroups } from "@/lib/adapters/ldap/survey";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { connectLdap, readDirectoryPerson } from "../connect-ldap";
import { withProviderFailures } from "../explain-failure";
import { openSecrets } from "../open-secrets";
import { personFromAttributes, type Attributes } from "../people/rules";
import { readProvider, type Provider, type ProviderOf } from "../store";

interface FoundCohort {
  kind: string;
  key: string;
  displayName: string;
}

const peopleRead = 1000;

/**
 * The values of the chosen field become cohorts to map (spec §5.3): a directory lists its groups; of the others' only
 * what was said at tries and sign-ins is known. What is no longer found stays, because mappings may name it.
 */
export async function syncCohorts(
  ctx: Context,
  { providerId }: { providerId: string },
): Promise<{ count: number }> {
  await authorize(db(), ctx, "auth_provider:sync");
  const provider = await readProvider(providerId);
  const field = provider.claims.groups;
  if (field === null) throw fieldRefused("claimsMapping.groups", "required");
  const found = provider.authType === "ldap" ? await askDirectory(provider) : await collect(provider);
  const cohorts = [...new Map(found.map((cohort) => [cohort.key, cohort])).values()];
  await inTransaction(async (tx) => {
    await writeCohorts(tx, ctx, { providerId, field, cohorts });
    await recordAudit(tx, ctx, {
      action: "auth_provider.sync",
      resource: { type: "auth_provider", id: providerId, name: provider.name },
      details: { field, cohorts: cohorts.length },
    });
  });
  return { count: cohorts.length };
}

/** Groups by their own list; another field by the people who have it. */
async function askDirectory(provider: ProviderOf<"ldap">): Promise<FoundCohort[]> {
  const { bindPassword } = await openSecrets(provider);
  const config = connectLdap(provider.config, bindPassword);
  const { groups: field, cohortKind: kind } = provider.claims;
  return withProviderFailures(async () => {
    if (field === "groups") return (await listLdapGroups(config)).map((group) => ({ ...group, kind }));
    const people = await listLdapPeople(config, { limit: peopleRead });
    return people.flatMap((one) => named(readDirectoryPerson(one, provider.claims).cohorts));
  });
}

async function collect(provider: Provider): Promise<FoundCohort[]> {
  const samples = await db().authProviderSample.findMany({
    where: { providerId: provider.id },
    select: { subject: true, attributes: true },
  });
  const known = await db().$queryRaw<{ text: string }[]>`
    SELECT DISTINCT c AS text FROM user_directory_profiles f, unnest(f.cohorts) AS c
    WHERE f.provider_id = ${provider.id} AND c LIKE ${`${provider.claims.cohortKind}:%`} ORDER BY c LIMIT 5000`;
  const sampled = samples.flatMap(({ subject, attributes }) =>
    named(personFromAttributes(subject, toAttributes(attributes), provider.claims).cohorts),
  );
  const kind = provider.claims.cohortKind;
  return [...sampled, ...named(known.map(({ text }) => ({ kind, key: text.slice(kind.length + 1) })))];
}

function named(cohorts: { kind: string; key: string }[] | null): FoundCohort[] {
  return (cohorts ?? []).map((cohort) => ({ ...cohort, displayName: cohort.key }));
}

function toAttributes(json: unknown): Attributes {
  return json !== null && typeof json === "object" ? { ...json } : {};
}

interface Written {
  providerId: string;
  field: string;
  cohorts: readonly FoundCohort[];
}

async function writeCohorts(tx: Tx, ctx: Context, { providerId, field, cohorts }: Written): Promise<void> {
  const rows = JSON.stringify(
    cohorts.map(({ kind, key, displayName }) => ({ id: newId(), kind, key, displayName })),
  );
  await tx.$executeRaw`
    INSERT INTO external_cohorts (id, provider_id, kind, key, display_name, source_field, last_synced_at)
    SELECT c.id, ${providerId}, c.kind, c.key, c."displayName", ${field}, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${rows}::jsonb) AS c (id text, kind text, key text, "displayName" text)
    ON CONFLICT (provider_id, kind, key) DO UPDATE SET display_name = excluded.display_name,
      source_field = excluded.source_field, last_synced_at = excluded.last_synced_at`;
}
