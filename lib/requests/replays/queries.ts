import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { DifferenceFilter, ReplayDetail, ReplayDifference, ReplayGroup, ReplayRow } from "./schema";

const columns = Prisma.sql`p.id, p.state, p.days, p.since, p.until, p.changes, p.total, p.done, p.differing, p.uncertain,
  p.created_by_name AS "createdByName", p.created_at AS "createdAt", p.finished_at AS "finishedAt"`;

export async function listReplays(
  ctx: Context,
  { cursor, perPage }: { cursor?: string | undefined; perPage: number },
): Promise<Page<ReplayRow>> {
  await authorize(db(), ctx, "platform:admin");
  const after = readTimeCursor(cursor);
  const beyond =
    after === null ? Prisma.sql`TRUE` : Prisma.sql`(p.created_at, p.id) < (${after[0]}, ${after[1]})`;
  const rows = await db().$queryRaw<ReplayRow[]>`
    SELECT ${columns} FROM policy_replays p WHERE ${beyond}
    ORDER BY p.created_at DESC, p.id DESC LIMIT ${perPage + 1}`;
  return toPage(rows, perPage, ({ createdAt, id }) => [createdAt.toISOString(), id]);
}

/** With the differences of one kind counted together. */
export async function readReplay(ctx: Context, replayId: string): Promise<ReplayDetail> {
  await authorize(db(), ctx, "platform:admin");
  const [rows, groups] = await Promise.all([
    db().$queryRaw<ReplayRow[]>`SELECT ${columns} FROM policy_replays p WHERE p.id = ${replayId}`,
    db().$queryRaw<ReplayGroup[]>`
      SELECT r.operation, r.now_effect AS "nowEffect", r.now_policy AS "nowPolicy", r.then_effect AS "thenEffect",
        r.then_policy AS "thenPolicy", count(*)::int AS requests,
        count(DISTINCT r.requester_id)::int AS people
      FROM policy_replay_rows r WHERE r.replay_id = ${replayId}
      GROUP BY 1, 2, 3, 4, 5 ORDER BY requests DESC, 1, 2, 3, 4, 5 LIMIT 200`,
  ]);
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "policy_replay" });
  return { ...rows[0], groups };
}

/** The requests that would have been answered otherwise, newest first. */
export async function listReplayDifferences(
  ctx: Context,
  { replayId, ...filter }: DifferenceFilter & { replayId: string },
): Promise<Page<ReplayDifference>> {
  await authorize(db(), ctx, "platform:admin");
  const after = readCursor(filter.cursor);
  const rows = await db().$queryRaw<ReplayDifference[]>`
    SELECT r.ticket_id AS "ticketId", r.operation, r.environment, r.system_name AS "systemName",
      r.resource_name AS "resourceName", r.requester_name AS "requesterName", r.asked_at AS "askedAt",
      r.recorded_effect AS "recordedEffect", r.recorded_policy AS "recordedPolicy", r.now_effect AS "nowEffect",
      r.now_policy AS "nowPolicy", n.name AS "nowWorkflow", r.then_effect AS "thenEffect",
      r.then_policy AS "thenPolicy", t.name AS "thenWorkflow", r.roles_uncertain AS "rolesUncertain"
    FROM policy_replay_rows r
    LEFT JOIN approval_workflows n ON n.id = r.now_workflow_id
    LEFT JOIN approval_workflows t ON t.id = r.then_workflow_id
    WHERE r.replay_id = ${replayId}
      AND (${filter.thenEffect ?? null}::text IS NULL OR r.then_effect = ${filter.thenEffect ?? null})
      AND (${filter.operation ?? null}::text IS NULL OR r.operation = ${filter.operation ?? null})
      AND (${after?.[1] ?? null}::text IS NULL OR r.ticket_id < ${after?.[1] ?? null})
    ORDER BY r.ticket_id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, ({ ticketId }) => ["", ticketId]);
}

/** For the clock: what stands still goes on. */
export function listUnfinishedReplays(): Promise<{ replayId: string }[]> {
  return db().$queryRaw<{ replayId: string }[]>`
    SELECT id AS "replayId" FROM policy_replays
    WHERE state <> 'done' AND created_at < now() - interval '1 minute' LIMIT 10`;
}
