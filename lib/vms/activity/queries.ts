import { Prisma } from "@/prisma/generated/client";
import { vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { ActivityEntry, ActivityFilter } from "./schema";

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

/** What needs no request of its own, by its audit action. */
const recordedActions = ["vm.adopt", "vm.expire", "vm.protect", "vm.password_reveal"];

/** What was asked of a machine, done to it and seen of it, newest first; VM_NOT_FOUND for whoever may not see it. */
export async function listVmActivity(
  ctx: Context,
  { vmId, ...filter }: ActivityFilter & { vmId: string },
): Promise<Page<ActivityEntry>> {
  const key = readTimeCursor(filter.cursor);
  const part = (rows: Prisma.Sql, at: Prisma.Sql, id: Prisma.Sql) => {
    const after = key === null ? Prisma.sql`TRUE` : Prisma.sql`(${at}, ${id}) < (${key[0]}, ${key[1]})`;
    return Prisma.sql`(${rows} AND ${after} ORDER BY ${at} DESC, ${id} DESC LIMIT ${filter.perPage + 1})`;
  };
  const parts = {
    request: part(requests(vmId), Prisma.sql`k.created_at`, Prisma.sql`k.id`),
    console: part(sessions(vmId), Prisma.sql`t.used_at`, Prisma.sql`t.id`),
    revision: part(revisions(vmId), Prisma.sql`r.created_at`, Prisma.sql`r.id`),
    record: part(records(vmId), Prisma.sql`a.created_at`, Prisma.sql`a.id`),
  };
  const chosen = filter.kind === undefined ? Object.values(parts) : [parts[filter.kind]];
  const [visible, rows] = await Promise.all([
    db().$queryRaw<unknown[]>`
      SELECT 1 FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
      WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`,
    db().$queryRaw<ActivityEntry[]>`
      SELECT * FROM (${Prisma.join(chosen, " UNION ALL ")}) AS entries
      ORDER BY at DESC, id DESC LIMIT ${filter.perPage + 1}`,
  ]);
  if (visible.length === 0) throw new AppError("VM_NOT_FOUND");
  return toPage(rows, filter.perPage, (row) => [row.at.toISOString(), row.id]);
}

function requests(vmId: string): Prisma.Sql {
  return Prisma.sql`SELECT k.id, 'request' AS kind, k.created_at AS at, k.operation AS action, k.status AS outcome,
      k.requester_name AS "actorName", k.approver_name AS "approverName", k.finished_at AS "endedAt",
      CASE WHEN k.status = 'FAILED' THEN e.error_message WHEN k.status = 'REJECTED' THEN k.reject_reason
        END AS message, k.id AS "ticketId"
    FROM approval_tickets k LEFT JOIN domain_events e ON e.id = k.event_id
    WHERE k.resource_type = 'vm' AND k.resource_id = ${vmId}`;
}

function sessions(vmId: string): Prisma.Sql {
  return Prisma.sql`SELECT t.id, 'console' AS kind, t.used_at AS at, t.console_type AS action,
      CASE WHEN t.closed_at IS NULL THEN 'open' ELSE 'closed' END AS outcome,
      (SELECT u.display_name FROM users u WHERE u.id = t.user_id) AS "actorName", NULL AS "approverName",
      t.closed_at AS "endedAt", NULL AS message, t.ticket_id AS "ticketId"
    FROM vnc_access_tokens t WHERE t.vm_id = ${vmId} AND t.used_at IS NOT NULL`;
}

/** Those of a request are told by the request. */
function revisions(vmId: string): Prisma.Sql {
  return Prisma.sql`SELECT r.id, 'revision' AS kind, r.created_at AS at, r.kind AS action, 'success' AS outcome,
      r.actor_name AS "actorName", NULL AS "approverName", NULL::timestamptz AS "endedAt",
      nullif(r.change_reason, '') AS message, NULL AS "ticketId"
    FROM vm_revisions r WHERE r.vm_id = ${vmId} AND r.ticket_id IS NULL`;
}

function records(vmId: string): Prisma.Sql {
  return Prisma.sql`SELECT a.id, 'record' AS kind, a.created_at AS at, a.action, a.outcome,
      a.actor_name AS "actorName", NULL AS "approverName", NULL::timestamptz AS "endedAt", NULL AS message,
      NULL AS "ticketId"
    FROM audit_logs a WHERE a.resource_type = 'vm' AND a.resource_id = ${vmId}
      AND a.action = ANY(${recordedActions})`;
}
