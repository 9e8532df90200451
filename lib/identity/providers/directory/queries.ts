import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { withProviderFailures } from "../explain-failure";
import { countOutcomes } from "./rules";
import { syncProblem, syncSummary } from "./schema";
import type { DirectoryPreview, PreviewDirectory, SyncJobRow, syncJobFilter } from "./schema";
import { readDirectory, readJudgedPeople } from "./store";

export const previewMax = 200;

/** How a directory's people are found and joined. */
export async function readDirectoryDescriptor(ctx: Context, { providerId }: { providerId: string }) {
  await authorize(db(), ctx, "auth_provider:sync");
  const { provider } = await readDirectory(providerId);
  const { id, username, email, displayName } = provider.config.attributes;
  const fields = Object.entries({ externalId: id, username, email, displayName });
  return { joinKey: id, fields: fields.map(([name, attribute]) => ({ name, attribute })), previewMax };
}

/** What an import would do, for the first people of the directory; nothing is written. */
export async function previewDirectory(
  ctx: Context,
  { providerId, limit }: PreviewDirectory,
): Promise<DirectoryPreview> {
  await authorize(db(), ctx, "auth_provider:sync");
  const directory = await readDirectory(providerId);
  const { rows } = await withProviderFailures(() => readJudgedPeople(directory, limit));
  return { items: rows, counts: countOutcomes(rows) };
}

/** Imports and refreshes of a directory, the latest first. */
export async function listSyncJobs(
  ctx: Context,
  filter: z.output<typeof syncJobFilter> & { providerId: string },
): Promise<Page<SyncJobRow>> {
  await authorize(db(), ctx, "auth_provider:read");
  const key = readTimeCursor(filter.cursor);
  const rows = await db().$queryRaw<StoredJob[]>`
    SELECT j.id, j.sync_mode AS "syncMode", j.status, j.result_summary AS summary, j.errors AS problems,
      coalesce(u.display_name, j.created_by) AS "createdBy", j.created_at AS "createdAt",
      j.started_at AS "startedAt", j.finished_at AS "finishedAt"
    FROM directory_sync_jobs j LEFT JOIN users u ON u.id = j.created_by
    WHERE j.provider_id = ${filter.providerId}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(j.created_at, j.id) < (${key[0]}::timestamptz, ${key[1]})`}
    ORDER BY j.created_at DESC, j.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows.map(toRow), filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}

interface StoredJob extends Omit<SyncJobRow, "summary" | "problems"> {
  summary: unknown;
  problems: unknown;
}

const storedProblems = z.array(syncProblem.partial()).catch([]);

function toRow(row: StoredJob): SyncJobRow {
  const problems = storedProblems.parse(row.problems).map((problem) => ({
    externalId: problem.externalId ?? null,
    username: problem.username ?? null,
    reason: problem.reason ?? "unknown",
  }));
  return { ...row, summary: syncSummary.nullable().catch(null).parse(row.summary), problems };
}

/** For the clock: directories whose people have not been looked at for as long as their administrator set. */
export async function listDueDirectories(): Promise<{ providerId: string }[]> {
  return db().$queryRaw`
    SELECT id AS "providerId" FROM auth_providers
    WHERE enabled AND auth_type = 'ldap' AND sync_interval_minutes IS NOT NULL
      AND coalesce(last_synced_at, created_at) < now() - make_interval(mins => sync_interval_minutes)`;
}
