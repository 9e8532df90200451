import { z } from "zod";
import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { explainFailure } from "../explain-failure";
import { admitPerson } from "../people/admit-person";
import type { ExternalPerson } from "../people/rules";
import type { ProviderOf } from "../store";
import type { syncDirectoryJob } from "./jobs";
import { countOutcomes } from "./rules";
import { completeJob, failJob, readDirectory, readJudgedPeople, type JudgedPeople } from "./store";

const peopleMax = 5000;
const peopleAtOnce = 50;

interface ClaimedJob {
  id: string;
  providerId: string;
  request: unknown;
}

const request = z.object({ externalIds: z.array(z.string()).optional() });

/** Reads the directory outside of any transaction, then writes people in steps; whoever is blocked is named and left. */
export async function syncDirectory({ jobId }: z.output<typeof syncDirectoryJob.payload>): Promise<void> {
  const job = await claimJob(jobId);
  if (job === null) return;
  try {
    await importPeople(job);
  } catch (error) {
    const failure = explainFailure(error);
    await failJob(jobId, failure?.reason ?? "internal");
    if (failure === null) throw error;
  }
}

async function claimJob(jobId: string): Promise<ClaimedJob | null> {
  const rows = await db().$queryRaw<ClaimedJob[]>`
    UPDATE directory_sync_jobs SET status = 'running', started_at = now() WHERE id = ${jobId} AND status = 'pending'
    RETURNING id, provider_id AS "providerId", request_snapshot AS request`;
  return rows[0] ?? null;
}

async function importPeople(job: ClaimedJob): Promise<void> {
  const directory = await readDirectory(job.providerId);
  const { externalIds } = request.parse(job.request);
  const wanted = chosenOf(await readJudgedPeople(directory, peopleMax), externalIds);
  const blocked = wanted.rows.filter(({ outcome }) => outcome === "blocked");
  const stopped = new Set(blocked.map(({ externalId }) => externalId));
  const admitted = wanted.people.filter(({ externalId }) => !stopped.has(externalId));
  for (let at = 0; at < admitted.length; at += peopleAtOnce) {
    await writePeople(directory.provider, admitted.slice(at, at + peopleAtOnce));
  }
  const summary = { ...countOutcomes(wanted.rows), gone: 0 };
  const problems = blocked.map(({ externalId, username, conflict }) => ({
    externalId,
    username,
    reason: conflict ?? "blocked",
  }));
  await inTransaction(async (tx) => {
    await completeJob(tx, { jobId: job.id, summary, problems });
    await recordAudit(tx, platformContext("directory"), {
      action: "user.import",
      resource: { type: "auth_provider", id: directory.provider.id, name: directory.provider.name },
      details: { jobId: job.id, ...summary },
    });
  });
}

function chosenOf({ people, rows }: JudgedPeople, externalIds: readonly string[] | undefined): JudgedPeople {
  if (externalIds === undefined) return { people, rows };
  const chosen = new Set(externalIds);
  return {
    people: people.filter(({ externalId }) => chosen.has(externalId)),
    rows: rows.filter(({ externalId }) => chosen.has(externalId)),
  };
}

function writePeople(provider: ProviderOf<"ldap">, people: readonly ExternalPerson[]): Promise<void> {
  return inTransaction(async (tx) => {
    for (const person of people) await admitPerson(tx, platformContext("directory"), { provider, person });
  });
}
