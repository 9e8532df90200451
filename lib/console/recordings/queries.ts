import { Prisma } from "@/prisma/generated/client";
import { isPermitted } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { Tx } from "@/lib/core/transaction";
import { nothingRecorded, recordingModes, type RecordingRule } from "./rules";
import { recordingRow, type EnvironmentRecording, type RecordingFilter, type RecordingRow } from "./schema";

/** A step: which consoles of an environment are recorded, and how long that is kept. */
export async function readRecordingRule(tx: Tx, environment: string): Promise<RecordingRule> {
  const row = await tx.environmentRecording.findUnique({
    where: { environment },
    select: { mode: true, retentionDays: true },
  });
  return row === null ? nothingRecorded : { ...row, mode: modeOf(row.mode) };
}

/** What is recorded is told to everybody whom it concerns, so anybody may read it. */
export async function listEnvironmentRecordings(): Promise<EnvironmentRecording[]> {
  const rows = await db().environmentRecording.findMany({
    select: { environment: true, mode: true, retentionDays: true },
  });
  return rows.map((row) => ({ ...row, mode: modeOf(row.mode) }));
}

function modeOf(word: string): RecordingRule["mode"] {
  return recordingModes.find((mode) => mode === word) ?? "off";
}

/** Recordings the actor may look at, newest first. */
export async function listRecordings(ctx: Context, filter: RecordingFilter): Promise<Page<RecordingRow>> {
  const key = readTimeCursor(filter.cursor);
  const conditions = [
    recordingIsVisible(ctx),
    key === null ? Prisma.sql`TRUE` : Prisma.sql`(rec.started_at, rec.id) < (${key[0]}, ${key[1]})`,
    contains(Prisma.sql`rec.vm_name`, filter.q),
    contains(Prisma.sql`rec.user_name`, filter.person),
    equals(Prisma.sql`rec.vm_id`, filter.vmId),
    equals(Prisma.sql`rec.system_id`, filter.systemId),
    equals(Prisma.sql`rec.user_id`, filter.userId),
    equals(Prisma.sql`rec.jti`, filter.jti),
    equals(Prisma.sql`rec.environment`, filter.environment),
    equals(Prisma.sql`rec.console_type`, filter.consoleType),
    equals(Prisma.sql`rec.status`, filter.status),
    filter.startTime === undefined ? Prisma.sql`TRUE` : Prisma.sql`rec.started_at >= ${filter.startTime}`,
    filter.endTime === undefined ? Prisma.sql`TRUE` : Prisma.sql`rec.started_at <= ${filter.endTime}`,
  ];
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM console_recordings rec WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY rec.started_at DESC, rec.id DESC LIMIT ${filter.perPage + 1}`;
  const keyOf = (row: RecordingRow): [string, string] => [row.startedAt.toISOString(), row.id];
  return toPage(recordingRow.array().parse(rows), filter.perPage, keyOf);
}

/** To whoever may not look at it, a recording does not exist. */
export async function readRecording(ctx: Context, recordingId: string): Promise<RecordingRow> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM console_recordings rec WHERE rec.id = ${recordingId} AND ${recordingIsVisible(ctx)}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { object: "console_recording" });
  return recordingRow.parse(rows[0]);
}

/** A step: may the actor look at it? @throws RESOURCE_NOT_FOUND alike for what is absent and what is not theirs */
export async function requireRecording(tx: Tx, ctx: Context, recordingId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT rec.id FROM console_recordings rec WHERE rec.id = ${recordingId} AND ${recordingIsVisible(ctx)}`;
  if (rows.length === 0) throw new AppError("RESOURCE_NOT_FOUND", { object: "console_recording" });
}

/**
 * Auditors and administrators see all of them; whoever owns or administers a machine's System sees its own. A nearer
 * role on the service or the machine counts before the System's, as everywhere.
 */
function recordingIsVisible(ctx: Context): Prisma.Sql {
  const where = { systemId: Prisma.sql`rec.system_id`, environment: Prisma.sql`rec.environment` };
  const userId = ctx.actor.kind === "person" ? ctx.actor.id : "";
  return Prisma.sql`(${isPermitted(ctx, { permission: "audit:read", ...where })}
    OR (${isPermitted(ctx, { permission: "vnc:access", ...where })} AND EXISTS (SELECT 1 FROM (
      SELECT m.role FROM resource_role_bindings m
      WHERE m.user_id = ${userId} AND (m.expires_at IS NULL OR m.expires_at > now())
        AND (m.resource_type, m.resource_id) IN
          (('vm', rec.vm_id), ('service', rec.service_id), ('system', rec.system_id))
      ORDER BY array_position(ARRAY['vm', 'service', 'system'], m.resource_type) LIMIT 1) nearest
      WHERE nearest.role IN ('owner', 'admin'))))`;
}

/** What of the actor's own opening may be read now; null where it ran out or is somebody else's. */
export async function findOpening(
  ctx: Context,
  { recordingId, openingId }: { recordingId: string; openingId: string },
): Promise<{ purpose: "view" | "export" } | null> {
  if (ctx.actor.kind !== "person") return null;
  const rows = await db().$queryRaw<{ purpose: "view" | "export" }[]>`
    SELECT purpose FROM console_recording_openings
    WHERE id = ${openingId} AND recording_id = ${recordingId} AND user_id = ${actorId(ctx.actor)}
      AND session_id = ${ctx.actor.sessionId} AND expires_at > clock_timestamp()`;
  return rows[0] ?? null;
}

/** Of the files on a disk, those whose recording is kept. */
export async function listKeptRecordings(recordingIds: readonly string[]): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM console_recordings WHERE id = ANY(${[...recordingIds]}) AND status <> 'purged'`;
  return new Set(rows.map(({ id }) => id));
}

function equals(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  return value === undefined || value === "" ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${value}`;
}

function contains(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  if (value === undefined || value === "") return Prisma.sql`TRUE`;
  return Prisma.sql`position(lower(${value}) IN lower(${column})) > 0`;
}

const columns = Prisma.sql`
  rec.id, rec.jti, rec.vm_id AS "vmId", rec.vm_name AS "vmName",
  EXISTS (SELECT 1 FROM vms v WHERE v.id = rec.vm_id) AS "vmExists", rec.system_id AS "systemId", rec.environment,
  rec.user_id AS "userId", rec.user_name AS "userName", rec.console_type AS "consoleType", rec.status,
  rec.broken_reason AS "brokenReason", rec.started_at AS "startedAt", rec.ended_at AS "endedAt",
  rec.duration_ms AS "durationMs", rec.bytes::float8 AS bytes, rec.chunk_count AS "chunkCount",
  rec.gap_count AS "gapCount", rec.lost_bytes::float8 AS "lostBytes", rec.chain_head AS "chainHead",
  rec.is_playable AS "isPlayable", rec.retain_until AS "retainUntil", rec.purged_at AS "purgedAt"`;
