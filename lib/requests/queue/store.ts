import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { statusGroups, type RequestFilter } from "../schema";
import { isOnDesk } from "../store";
import type { QueueFilter, QueueView } from "./schema";

/** The terms of a request for access: as changed by whoever decided, else as asked for. */
export const given = Prisma.sql`coalesce(k.modified_spec, k.request_params)`;

export const rowColumns = Prisma.sql`k.id, k.event_id AS "eventId", e.event_type AS "eventType",
  k.operation_type AS "operationType", k.operation, k.status, k.requester_id AS "requesterId", k.requester_name AS "requesterName",
  k.approver_name AS "approverName", k.reason, k.reject_reason AS "rejectReason", k.resource_type AS "resourceType",
  k.resource_id AS "resourceId", k.resource_name AS "resourceName", k.system_id AS "systemId",
  k.system_name AS "systemName", k.service_name AS "serviceName", k.namespace, k.environment,
  CASE WHEN k.operation_type = 'ACCESS' THEN jsonb_build_object('role', ${given}->'role', 'days', ${given}->'days') END
    AS access, t.display_name AS "templateName", z.display_name AS "sizeName", e.steps,
  floor(extract(epoch FROM now() - k.created_at) / 86400)::int AS "daysPending", k.created_at AS "createdAt",
  k.approved_at AS "approvedAt", k.finished_at AS "finishedAt", k.revision,
  k.info_requested_at AS "infoRequestedAt", k.held_until AS "heldUntil", k.external_state AS "externalState",
  k.batch_id AS "batchId", k.version`;

export const rowTables = Prisma.sql`approval_tickets k JOIN domain_events e ON e.id = k.event_id
  LEFT JOIN templates t ON t.id = k.template_id LEFT JOIN instance_sizes z ON z.id = k.instance_size_id`;

/** What every list of requests can be narrowed by. */
export function matchesFilter(filter: RequestFilter): Prisma.Sql {
  const group = filter.statusGroup === undefined ? undefined : [...statusGroups[filter.statusGroup]];
  const q = filter.q ?? "";
  return Prisma.join(
    [
      group === undefined ? Prisma.sql`TRUE` : Prisma.sql`k.status = ANY(${group})`,
      filter.status === undefined ? Prisma.sql`TRUE` : Prisma.sql`k.status = ${filter.status}`,
      filter.operationType === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`k.operation_type = ${filter.operationType}`,
      filter.emergencyId === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`k.emergency_id = ${filter.emergencyId}`,
      filter.environment ? Prisma.sql`k.environment = ${filter.environment}` : Prisma.sql`TRUE`,
      q === ""
        ? Prisma.sql`TRUE`
        : Prisma.sql`position(lower(${q}) IN lower(concat_ws(' ', k.resource_name, k.system_name, k.service_name,
            k.namespace, k.requester_name, k.reason))) > 0`,
    ],
    " AND ",
  );
}

/** Whoever is asked for more, or a desk outside, has the next word; until then nobody here is waited for. */
export function waitsFor(ctx: Context): Prisma.Sql {
  return Prisma.sql`(k.status = 'PENDING' AND k.info_requested_at IS NULL
    AND k.external_state IS DISTINCT FROM 'sending' AND k.external_state IS DISTINCT FROM 'waiting'
    AND ${isOnDesk(ctx, "builtin_approval:approve")})`;
}

/** The rows of one view of the queue. */
export function isInView(ctx: Context, view: QueueView): Prisma.Sql {
  const watched = isOnDesk(ctx, "builtin_approval:view");
  switch (view) {
    case "mine":
      return waitsFor(ctx);
    case "watch":
      return watched;
    case "information":
      return Prisma.sql`k.info_requested_at IS NOT NULL AND ${watched}`;
    case "outside":
      return Prisma.sql`k.external_state IN ('sending', 'waiting') AND ${watched}`;
  }
}

/** A step's time limit or eight days of age, whichever comes first; what waits for its requester has no limit. */
export const urgencyTables = Prisma.sql`CROSS JOIN LATERAL (
    SELECT min(s.due_at) AS due_at, coalesce(array_agg(s.name ORDER BY s.position), '{}') AS names
    FROM approval_steps s WHERE s.ticket_id = k.id AND s.status = 'ACTIVE') step
  CROSS JOIN LATERAL (SELECT least(step.due_at, k.created_at + interval '8 days') AS urgent_at) at
  CROSS JOIN LATERAL (SELECT CASE WHEN at.urgent_at <= now() THEN 'urgent'
    WHEN k.created_at <= now() - interval '4 days' OR step.due_at <= now() + interval '1 day' THEN 'warning'
    ELSE 'normal' END AS tier) urgency`;

export function matchesQueueFilter(filter: QueueFilter): Prisma.Sql {
  const { perPage, operationType, environment, q, tier, systemId, requesterId } = filter;
  const isTrue = Prisma.sql`TRUE`;
  return Prisma.join(
    [
      matchesFilter({ perPage, operationType, environment, q }),
      tier === undefined ? isTrue : Prisma.sql`urgency.tier = ${tier}`,
      systemId === undefined ? isTrue : Prisma.sql`k.system_id = ${systemId}`,
      requesterId === undefined ? isTrue : Prisma.sql`k.requester_id = ${requesterId}`,
    ],
    " AND ",
  );
}
