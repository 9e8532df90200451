import { Prisma } from "@/prisma/generated/client";
import { isAuthorized } from "@/lib/access/authorize";
import { vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { noticeDays } from "./rules";
import { scheduleEntries, type EnvironmentLifetime, type LifetimeView } from "./schema";
import { readExtendable } from "./store";

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

type LifeRow = Omit<
  LifetimeView,
  "extendableDays" | "extensionsLeft" | "schedule" | "canOperate" | "canProtect"
> & {
  extensions: number;
  systemId: string;
  serviceId: string;
  environment: string;
};

/** A machine's end, protection and schedule, and what this person may do about them. */
export async function readLifetime(ctx: Context, vmId: string): Promise<LifetimeView> {
  const rows = await db().$queryRaw<LifeRow[]>`
    SELECT v.id AS "vmId", v.name AS "vmName", s.system_id AS "systemId", v.service_id AS "serviceId", n.environment,
      l.expires_at AS "expiresAt", coalesce(l.state, 'running') AS state, l.grace_ends_at AS "graceEndsAt",
      coalesce(l.protected, false) AS protected, coalesce(l.extensions, 0) AS extensions,
      e.longest_days AS "longestDays",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('ticketId', k.id, 'operation', k.operation)), '[]')
        FROM approval_tickets k WHERE k.resource_type = 'vm' AND k.resource_id = v.id AND k.status = 'PENDING'
          AND k.operation IN ('EXTEND_VM', 'SCHEDULE_VM')) AS waiting
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    LEFT JOIN vm_lifetimes l ON l.vm_id = v.id LEFT JOIN environment_lifetimes e ON e.environment = n.environment
    WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`;
  const life = rows[0];
  if (life === undefined) throw new AppError("VM_NOT_FOUND");
  const { extensions, systemId, serviceId, environment, ...view } = life;
  const scope = { systemId, serviceId, vmId, environment };
  const [extendable, row, canOperate, canProtect] = await Promise.all([
    readExtendable(db(), ctx.now, life),
    findSchedule(vmId),
    isAuthorized(db(), ctx, "vm:operate", { ...scope, role: "member" }),
    isAuthorized(db(), ctx, "vm:delete", { ...scope, role: "admin" }),
  ]);
  const { days: extendableDays, left: extensionsLeft } = extendable;
  return { ...view, extendableDays, extensionsLeft, schedule: asView(row), canOperate, canProtect };
}

function asView(row: Awaited<ReturnType<typeof findSchedule>>): LifetimeView["schedule"] {
  if (row === null) return null;
  const { timeZone, pausedUntil, nextAt, lastAt } = row;
  // The database's CHECKs hold both to these words.
  const [nextAction, lastOutcome] = [row.nextAction, row.lastOutcome] as [
    NonNullable<LifetimeView["schedule"]>["nextAction"],
    NonNullable<LifetimeView["schedule"]>["lastOutcome"],
  ];
  return {
    timeZone,
    pausedUntil,
    nextAt,
    lastAt,
    nextAction,
    lastOutcome,
    entries: scheduleEntries.parse(row.entries),
  };
}

function findSchedule(vmId: string) {
  return db().powerSchedule.findUnique({ where: { vmId } });
}

export interface UpcomingEntry {
  vmId: string;
  vmName: string;
  kind: "expiry" | "start" | "stop";
  at: Date;
}

/** Ends of lives and next runs of machines the person sees, in this time: for the calendar. */
export async function listUpcoming(
  ctx: Context,
  { from, to }: { from: Date; to: Date },
): Promise<UpcomingEntry[]> {
  const visible = vmIsVisible(ctx, columns);
  const tables = Prisma.sql`vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace`;
  return db().$queryRaw<UpcomingEntry[]>`
    SELECT v.id AS "vmId", v.name AS "vmName", 'expiry' AS kind, l.expires_at AS at
    FROM vm_lifetimes l JOIN ${tables} ON v.id = l.vm_id WHERE l.expires_at >= ${from} AND l.expires_at < ${to} AND ${visible}
    UNION ALL SELECT v.id, v.name, p.next_action, p.next_at
    FROM power_schedules p JOIN ${tables} ON v.id = p.vm_id WHERE p.next_at >= ${from} AND p.next_at < ${to} AND ${visible}
    ORDER BY at LIMIT 500`;
}

export async function listEnvironmentLifetimes(): Promise<EnvironmentLifetime[]> {
  return db().environmentLifetime.findMany({
    select: { environment: true, defaultDays: true, longestDays: true, graceDays: true },
  });
}

/** For the clock: lives of which something is due. */
export async function listDueLives(): Promise<{ vmId: string }[]> {
  const [first, second, third] = noticeDays;
  return db().$queryRaw`
    SELECT vm_id AS "vmId" FROM vm_lifetimes WHERE expires_at <= now() + make_interval(days => ${first}::int)
      AND CASE WHEN expires_at <= now() THEN state = 'running' OR grace_ends_at <= now()
        WHEN expires_at <= now() + make_interval(days => ${third}::int) THEN noticed_days IS DISTINCT FROM ${third}::int
        WHEN expires_at <= now() + make_interval(days => ${second}::int) THEN coalesce(noticed_days, 999) > ${second}::int
        ELSE noticed_days IS NULL END
    ORDER BY expires_at LIMIT 200`;
}

/** For the clock: machines with a run that is due. */
export async function listDueRuns(): Promise<{ vmId: string }[]> {
  return db().$queryRaw`
    SELECT vm_id AS "vmId" FROM power_schedules WHERE next_at <= now() ORDER BY next_at LIMIT 200`;
}
