import { listLdapPeople } from "@/lib/adapters/ldap/people";
import type { LdapConfig } from "@/lib/adapters/ldap/types";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { connectLdap, readDirectoryPerson } from "../connect-ldap";
import { openSecrets } from "../open-secrets";
import { usernameFrom, type ExternalPerson } from "../people/rules";
import { readProvider, type ProviderOf } from "../store";
import { classifyPeople, type KnownAccount } from "./rules";
import type { DirectoryRow, SyncProblem, SyncSummary } from "./schema";

/** @throws NOT_SUPPORTED for providers whose people cannot be listed */
export async function readDirectory(
  providerId: string,
): Promise<{ provider: ProviderOf<"ldap">; config: LdapConfig }> {
  const provider = await readProvider(providerId);
  if (provider.authType !== "ldap") throw new AppError("NOT_SUPPORTED", { type: provider.authType });
  const { bindPassword } = await openSecrets(provider);
  return { provider, config: connectLdap(provider.config, bindPassword) };
}

export interface JudgedPeople {
  people: ExternalPerson[];
  rows: DirectoryRow[];
}

/** People of the directory, each beside what an import would do with them; called outside of any transaction. */
export async function readJudgedPeople(
  { provider, config }: { provider: ProviderOf<"ldap">; config: LdapConfig },
  limit: number,
): Promise<JudgedPeople> {
  const found = await listLdapPeople(config, { limit });
  const people = found.map((one) => readDirectoryPerson(one, provider.claims));
  return { people, rows: classifyPeople(provider.id, people, await findAccounts(provider.id, people)) };
}

function findAccounts(providerId: string, people: readonly ExternalPerson[]): Promise<KnownAccount[]> {
  return db().$queryRaw`
    SELECT id, username, email, auth_provider_id AS "authProviderId", external_id AS "externalId" FROM users
    WHERE username = ANY(${people.map(({ username }) => usernameFrom(username))})
      OR lower(email) = ANY(${people.flatMap(({ email }) => email ?? [])})
      OR (auth_provider_id = ${providerId} AND external_id = ANY(${people.map(({ externalId }) => externalId)}))`;
}

/** A job whose worker died is given up, so that another may begin. */
export async function failAbandonedJobs(tx: Tx, providerId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE directory_sync_jobs SET status = 'failed', finished_at = now(), errors = '[{"reason": "abandoned"}]'
    WHERE provider_id = ${providerId} AND status IN ('pending', 'running')
      AND coalesce(started_at, created_at) < now() - interval '30 minutes'`;
}

interface Ending {
  jobId: string;
  summary: SyncSummary;
  problems: readonly SyncProblem[];
}

const problemsMax = 200;

export async function completeJob(tx: Tx, { jobId, summary, problems }: Ending): Promise<void> {
  const errors = JSON.stringify(problems.slice(0, problemsMax));
  await tx.$executeRaw`
    UPDATE directory_sync_jobs SET status = 'completed', finished_at = now(),
      result_summary = ${JSON.stringify(summary)}::jsonb, errors = ${errors}::jsonb
    WHERE id = ${jobId} AND status = 'running'`;
}

export async function failJob(jobId: string, reason: string): Promise<void> {
  await db().$executeRaw`
    UPDATE directory_sync_jobs SET status = 'failed', finished_at = now(),
      errors = jsonb_build_array(jsonb_build_object('reason', ${reason}::text))
    WHERE id = ${jobId} AND status = 'running'`;
}
