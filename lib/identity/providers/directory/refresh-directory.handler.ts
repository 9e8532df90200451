import type { z } from "zod";
import { findLdapPerson } from "@/lib/adapters/ldap/people";
import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { readDirectoryPerson } from "../connect-ldap";
import { explainFailure } from "../explain-failure";
import { admitPerson } from "../people/admit-person";
import { notifyWatchers } from "../people/notify-watchers";
import type { ExternalPerson } from "../people/rules";
import { withdrawPerson } from "../people/withdraw-person";
import type { ProviderOf } from "../store";
import type { refreshDirectoryJob } from "./jobs";
import { isImplausiblyMany } from "./rules";
import { completeJob, failAbandonedJobs, failJob, readDirectory } from "./store";

interface KnownPerson {
  id: string;
  username: string;
  externalId: string;
}

interface Findings {
  provider: ProviderOf<"ldap">;
  found: ExternalPerson[];
  gone: KnownPerson[];
}

/**
 * Looks up those whom the portal knows already, each by the directory's own id, and nobody else (spec §5.3). Whoever the
 * directory no longer has loses what it gave them. Everything is read before anything is written.
 */
export async function refreshDirectory({
  providerId,
}: z.output<typeof refreshDirectoryJob.payload>): Promise<void> {
  const jobId = await openJob(providerId);
  if (jobId === null) return;
  try {
    const findings = await lookEverybodyUp(providerId);
    if (isImplausiblyMany(findings.gone.length, findings.found.length + findings.gone.length)) {
      await halt(jobId, findings);
      return;
    }
    await writeFindings(jobId, findings);
  } catch (error) {
    const failure = explainFailure(error);
    await failJob(jobId, failure?.reason ?? "internal");
    await markSynced(providerId);
    if (failure === null) throw error;
  }
}

/** Null where another import or refresh of this provider is under way. */
async function openJob(providerId: string): Promise<string | null> {
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await failAbandonedJobs(tx, providerId);
      await tx.$executeRaw`
        INSERT INTO directory_sync_jobs (id, provider_id, sync_mode, status, started_at, created_by)
        VALUES (${id}, ${providerId}, 'scheduled_enrichment', 'running', now(), 'clock')`;
    });
    return id;
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

async function lookEverybodyUp(providerId: string): Promise<Findings> {
  const { provider, config } = await readDirectory(providerId);
  const known = await db().$queryRaw<KnownPerson[]>`
    SELECT u.id, u.username, u.external_id AS "externalId" FROM users u
    LEFT JOIN user_directory_profiles f ON f.user_id = u.id
    WHERE u.auth_provider_id = ${providerId} AND u.external_id IS NOT NULL
      AND NOT coalesce(jsonb_exists(f.attributes, 'directory.gone_at'), FALSE) ORDER BY u.id`;
  const found: ExternalPerson[] = [];
  const gone: KnownPerson[] = [];
  for (const person of known) {
    const entry = await findLdapPerson(config, { externalId: person.externalId });
    if (entry === null) gone.push(person);
    else found.push(readDirectoryPerson(entry, provider.claims));
  }
  return { provider, found, gone };
}

/** The settings are more likely wrong than half the company gone: nobody loses anything, and somebody is told. */
async function halt(jobId: string, { provider, gone }: Findings): Promise<void> {
  await failJob(jobId, "too_many_gone");
  await markSynced(provider.id);
  const ctx = platformContext("directory");
  await inTransaction((tx) =>
    notifyWatchers(tx, ctx, { provider, alert: "directory_refresh_halted", facts: { gone: gone.length } }),
  );
}

async function writeFindings(jobId: string, { provider, found, gone }: Findings): Promise<void> {
  const ctx = platformContext("directory");
  for (const person of found) await inTransaction((tx) => admitPerson(tx, ctx, { provider, person }));
  for (const user of gone) await inTransaction((tx) => withdrawPerson(tx, ctx, { provider, user }));
  const summary = { create: 0, update: found.length, blocked: 0, gone: gone.length };
  const problems = gone.map(({ externalId, username }) => ({ externalId, username, reason: "gone" }));
  await markSynced(provider.id);
  await inTransaction(async (tx) => {
    await completeJob(tx, { jobId, summary, problems });
    if (gone.length === 0) return;
    await recordAudit(tx, ctx, {
      action: "auth_provider.sync",
      resource: { type: "auth_provider", id: provider.id, name: provider.name },
      details: { jobId, ...summary },
    });
  });
}

/** Also after a failure, or a directory that is down would be asked every minute. */
async function markSynced(providerId: string): Promise<void> {
  await db().$executeRaw`UPDATE auth_providers SET last_synced_at = now() WHERE id = ${providerId}`;
}
