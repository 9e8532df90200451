import { Prisma } from "@/prisma/generated/client";
import { isAuthorized } from "@/lib/access/authorize";
import { isPermitted } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { readSetting } from "@/lib/settings/read-setting";
import { listRequests } from "../queries";
import { findRefusal } from "./review-emergency";
import type { EmergencyDetail, EmergencyFilter, EmergencyPlaces, EmergencyRow } from "./schema";

const columns = Prisma.sql`e.id, e.person_id AS "personId", e.person_name AS "personName", e.system_id AS "systemId",
  e.system_name AS "systemName", e.environment, e.reason, e.minutes, e.started_at AS "startedAt", e.ends_at AS "endsAt",
  e.ended_at AS "endedAt", e.review_due_at AS "reviewDueAt", e.reviewed_at AS "reviewedAt",
  e.reviewer_name AS "reviewerName", e.verdict, e.review_comment AS "reviewComment",
  (SELECT count(*)::int FROM approval_tickets k WHERE k.emergency_id = e.id) AS "requestCount"`;

/** One's own, and those of Systems one decides on. */
function isVisible(ctx: Context): Prisma.Sql {
  const [systemId, environment] = [Prisma.sql`e.system_id`, Prisma.sql`e.environment`];
  return Prisma.sql`(e.person_id = ${actorId(ctx.actor)}
    OR ${isPermitted(ctx, { permission: "builtin_approval:approve", systemId, environment })})`;
}

const states = {
  running: Prisma.sql`e.ended_at IS NULL`,
  unreviewed: Prisma.sql`e.reviewed_at IS NULL`,
  reviewed: Prisma.sql`e.reviewed_at IS NOT NULL`,
};

/** Newest first. */
export async function listEmergencies(ctx: Context, filter: EmergencyFilter): Promise<Page<EmergencyRow>> {
  const key = readTimeCursor(filter.cursor);
  const rows = await db().$queryRaw<EmergencyRow[]>`
    SELECT ${columns} FROM emergencies e
    WHERE ${isVisible(ctx)} AND ${filter.state === undefined ? Prisma.sql`TRUE` : states[filter.state]}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(e.started_at, e.id) < (${key[0]}, ${key[1]})`}
    ORDER BY e.started_at DESC, e.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.startedAt.toISOString(), row.id]);
}

/** One emergency, what ran in its name, and what this person may do about it. */
export async function readEmergency(ctx: Context, emergencyId: string): Promise<EmergencyDetail> {
  const rows = await db().$queryRaw<EmergencyRow[]>`
    SELECT ${columns} FROM emergencies e WHERE e.id = ${emergencyId} AND ${isVisible(ctx)}`;
  const emergency = rows[0];
  if (emergency === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const isOwn = emergency.personId === actorId(ctx.actor);
  const refusal = await findRefusal(db(), ctx, emergency);
  return {
    ...emergency,
    requests: (await listRequests(ctx, { emergencyId, perPage: 100 })).items,
    canEnd: emergency.endedAt === null && (isOwn || (await isAuthorized(db(), ctx, "platform:admin"))),
    canReview: refusal === null,
    refusal,
  };
}

/** Where this person may break the glass. */
export async function readEmergencyPlaces(ctx: Context): Promise<EmergencyPlaces> {
  const [systems, environments, minutesMax] = await Promise.all([
    db().$queryRaw<EmergencyPlaces["systems"]>`
      SELECT s.id, s.name FROM systems s
      WHERE ${isPermitted(ctx, { permission: "emergency:use", systemId: Prisma.sql`s.id` })}
      ORDER BY s.name LIMIT 1000`,
    db().$queryRaw<EmergencyPlaces["environments"]>`
      SELECT name, display_name AS "displayName" FROM environments ORDER BY sort_order, name`,
    readSetting(db(), "emergency.minutes_max"),
  ]);
  return { systems, environments, minutesMax };
}

export interface OwnEmergency {
  id: string;
  systemName: string;
  environment: string;
  endsAt: Date;
}

/** What this person's own running emergency is about, for the banner on every page. */
export async function readOwnEmergency(ctx: Context): Promise<OwnEmergency | null> {
  const rows = await db().$queryRaw<OwnEmergency[]>`
    SELECT id, system_name AS "systemName", environment, ends_at AS "endsAt" FROM emergencies
    WHERE person_id = ${actorId(ctx.actor)} AND ended_at IS NULL AND ends_at > now() ORDER BY ends_at LIMIT 1`;
  return rows[0] ?? null;
}

/** For the clock: those whose time is up. */
export async function listExpiredEmergencies(): Promise<{ emergencyId: string }[]> {
  return db().$queryRaw`
    SELECT id AS "emergencyId" FROM emergencies WHERE ended_at IS NULL AND ends_at <= now() LIMIT 100`;
}
