import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { isPermitted } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { actorId } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { Tx } from "@/lib/core/transaction";
import { requireOversight } from "./require-oversight";
import { hasScreen, type ConsoleEnding, type GrantCover } from "./rules";
import {
  liveSession,
  type ConsoleAccess,
  type ControlAsk,
  type LiveSession,
  type LiveSessionFilter,
  type OpenSession,
} from "./schema";
import { findToken } from "./store";

const listedMax = 50;
/** How long a page still tells how one's session ended, and what became of one's question. */
const rememberedMinutes = 10;

interface LiveGrant {
  ticketId: string;
  endsAt: Date;
  covers: GrantCover[];
}

/** A step: the person's grant for a VM that has not ended and covers what is wanted; the one that lasts longest. */
export async function findLiveGrant(
  tx: Tx,
  { userId, vmId, covers = "console" }: { userId: string; vmId: string; covers?: GrantCover },
): Promise<LiveGrant | null> {
  const rows = await tx.$queryRaw<LiveGrant[]>`
    SELECT ticket_id AS "ticketId", ends_at AS "endsAt", covers FROM console_grants
    WHERE vm_id = ${vmId} AND user_id = ${userId} AND revoked_at IS NULL AND ends_at > clock_timestamp()
      AND ${covers} = ANY (covers)
    ORDER BY ends_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Who is connected to a VM's consoles now; the caller has made sure that the person may know. */
export async function listOpenSessions(ctx: Context, vmId: string): Promise<OpenSession[]> {
  return db().$queryRaw<OpenSession[]>`
    SELECT t.jti, t.console_type AS "consoleType", t.mode, t.user_id AS "userId", u.display_name AS "displayName",
      t.user_id = ${actorId(ctx.actor)} AS "isOwn", t.used_at AS since, t.grant_ends_at AS "grantEndsAt",
      EXISTS (SELECT FROM console_recordings r WHERE r.jti = t.jti AND r.status = 'recording') AS recorded
    FROM vnc_access_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.vm_id = ${vmId} AND t.used_at IS NOT NULL AND t.closed_at IS NULL AND t.superseded_at IS NULL
    ORDER BY t.mode, t.used_at LIMIT ${listedMax}`;
}

const askColumns = Prisma.sql`
  a.id AS "askId", a.jti, t.console_type AS "consoleType", asker.display_name AS "askerName",
  holder.display_name AS "holderName", a.expires_at AS "expiresAt",
  CASE WHEN a.status = 'asked' AND a.expires_at <= clock_timestamp() THEN 'expired' ELSE a.status END AS status`;
const askTables = Prisma.sql`console_asks a JOIN vnc_access_tokens t ON t.jti = a.jti
  JOIN users asker ON asker.id = a.asker_id JOIN users holder ON holder.id = a.holder_id`;

/** What the person is asked for at this VM's consoles, and their own latest question there. */
export async function readAsks(ctx: Context, vmId: string): Promise<Pick<ConsoleAccess, "asks" | "ownAsk">> {
  const personId = actorId(ctx.actor);
  const [asks, own] = await Promise.all([
    db().$queryRaw<ControlAsk[]>`
      SELECT ${askColumns} FROM ${askTables}
      WHERE a.vm_id = ${vmId} AND a.holder_id = ${personId} AND a.status = 'asked'
        AND a.expires_at > clock_timestamp() AND t.closed_at IS NULL AND t.superseded_at IS NULL
      ORDER BY a.created_at LIMIT ${listedMax}`,
    db().$queryRaw<ControlAsk[]>`
      SELECT ${askColumns} FROM ${askTables}
      WHERE a.vm_id = ${vmId} AND a.asker_id = ${personId}
        AND a.created_at > clock_timestamp() - make_interval(mins => ${rememberedMinutes}::int)
      ORDER BY a.created_at DESC LIMIT 1`,
  ]);
  return { asks, ownAsk: own[0] ?? null };
}

/** How the person's latest session at this VM ended lately, and who ended it. */
export async function findLastEnding(ctx: Context, vmId: string): Promise<ConsoleAccess["lastEnding"]> {
  const rows = await db().$queryRaw<NonNullable<ConsoleAccess["lastEnding"]>[]>`
    SELECT t.jti, coalesce(t.superseded_as, CASE WHEN t.revoked_at IS NOT NULL THEN 'revoked' END, t.closed_reason)
        AS reason, u.display_name AS "byName", t.revoke_reason AS comment,
      coalesce(t.closed_at, t.superseded_at, t.revoked_at) AS at
    FROM vnc_access_tokens t LEFT JOIN users u ON u.id = coalesce(t.superseded_by, t.revoked_by)
    WHERE t.vm_id = ${vmId} AND t.user_id = ${actorId(ctx.actor)} AND t.used_at IS NOT NULL
      AND coalesce(t.closed_at, t.superseded_at, t.revoked_at)
        > clock_timestamp() - make_interval(mins => ${rememberedMinutes}::int)
    ORDER BY t.used_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Why the cluster hung up on the person's session, as far as the portal knows yet; null while it does not. */
export async function explainLoss(ctx: Context, jti: string): Promise<ConsoleEnding | null> {
  const token = await findToken(db(), jti);
  if (token === null || token.userId !== actorId(ctx.actor)) return null;
  if (token.supersededAs !== null) return token.supersededAs;
  if (token.isRevoked) return "revoked";
  return hasScreen(token.vmStatus) ? null : "vm_stopped";
}

/** Every open session, for the platform's administrators; the latest first. */
export async function listLiveSessions(ctx: Context, filter: LiveSessionFilter): Promise<Page<LiveSession>> {
  await authorize(db(), ctx, "platform:admin");
  return readLiveSessions(Prisma.sql`TRUE`, filter);
}

/** The open sessions of a System, for whoever keeps it, in the environments they may see. */
export async function listSystemSessions(
  ctx: Context,
  { systemId, ...filter }: LiveSessionFilter & { systemId: string },
): Promise<Page<LiveSession>> {
  await requireOversight(db(), ctx, systemId);
  const reached = { systemId: Prisma.sql`s.system_id`, environment: Prisma.sql`n.environment` };
  const isSeen = isPermitted(ctx, { permission: "vm:read", ...reached });
  return readLiveSessions(Prisma.sql`(s.system_id = ${systemId} AND ${isSeen})`, filter);
}

async function readLiveSessions(place: Prisma.Sql, filter: LiveSessionFilter): Promise<Page<LiveSession>> {
  const key = readTimeCursor(filter.cursor);
  const after = key === null ? Prisma.sql`TRUE` : Prisma.sql`(t.used_at, t.jti) < (${key[0]}, ${key[1]})`;
  const rows = await db().$queryRaw<unknown[]>`
    SELECT t.jti, t.console_type AS "consoleType", t.mode, t.user_id AS "userId", u.display_name AS "displayName",
      t.used_at AS since, t.grant_ends_at AS "grantEndsAt", v.id AS "vmId", v.name AS "vmName", n.environment,
      y.id AS "systemId", y.name AS "systemName", t.bytes_sent::float8 AS "bytesSent",
      t.bytes_received::float8 AS "bytesReceived",
      EXISTS (SELECT FROM console_recordings r WHERE r.jti = t.jti AND r.status = 'recording') AS recorded,
      (SELECT count(*)::int FROM vnc_access_tokens w WHERE w.vm_id = t.vm_id AND w.watched_jti = t.jti
        AND w.closed_at IS NULL) AS watchers
    FROM vnc_access_tokens t JOIN users u ON u.id = t.user_id JOIN vms v ON v.id = t.vm_id
    JOIN services s ON s.id = v.service_id JOIN systems y ON y.id = s.system_id
    JOIN namespaces n ON n.name = v.namespace
    WHERE t.used_at IS NOT NULL AND t.closed_at IS NULL AND ${place} AND ${after} AND ${equals("console_type", filter.consoleType)}
      AND ${equals("mode", filter.mode)} AND ${names(filter.q)}
    ORDER BY t.used_at DESC, t.jti DESC LIMIT ${filter.perPage + 1}`;
  const sessions = liveSession.array().parse(rows);
  return toPage(sessions, filter.perPage, (row) => [row.since.toISOString(), row.jti]);
}

const columns = { console_type: Prisma.sql`t.console_type`, mode: Prisma.sql`t.mode` };

function equals(column: keyof typeof columns, value: string | undefined): Prisma.Sql {
  return value === undefined ? Prisma.sql`TRUE` : Prisma.sql`${columns[column]} = ${value}`;
}

function names(q: string | undefined): Prisma.Sql {
  if (q === undefined || q === "") return Prisma.sql`TRUE`;
  return Prisma.sql`(position(lower(${q}) IN v.name) > 0 OR position(lower(${q}) IN lower(u.display_name)) > 0)`;
}
