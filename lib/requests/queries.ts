import { Prisma } from "@/prisma/generated/client";
import { isAuthorized } from "@/lib/access/authorize";
import { listHolders } from "@/lib/access/queries";
import type { Candidate } from "@/lib/clusters/placement";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { listAccessDeciders } from "./access/queries";
import { readCreation } from "./place-creation";
import { requireWatcher, unknownTicket } from "./require-decider";
import { deskOf } from "./rules";
import { statusGroups, type RequestDetail, type RequestFilter, type RequestRow } from "./schema";
import { isOnDesk, ticketIsVisible } from "./store";

/** The terms of a request for access: as changed by whoever decided, else as asked for. */
const given = Prisma.sql`coalesce(k.modified_spec, k.request_params)`;

const rowColumns = Prisma.sql`k.id, k.event_id AS "eventId", e.event_type AS "eventType",
  k.operation_type AS "operationType", k.status, k.requester_id AS "requesterId", k.requester_name AS "requesterName",
  k.approver_name AS "approverName", k.reason, k.reject_reason AS "rejectReason", k.resource_type AS "resourceType",
  k.resource_id AS "resourceId", k.resource_name AS "resourceName", k.system_id AS "systemId",
  k.system_name AS "systemName", k.service_name AS "serviceName", k.namespace, k.environment,
  CASE WHEN k.operation_type = 'ACCESS' THEN jsonb_build_object('role', ${given}->'role', 'days', ${given}->'days') END
    AS access, t.display_name AS "templateName", z.display_name AS "sizeName", e.steps,
  floor(extract(epoch FROM now() - k.created_at) / 86400)::int AS "daysPending", k.created_at AS "createdAt",
  k.approved_at AS "approvedAt", k.finished_at AS "finishedAt", k.version`;

const rowTables = Prisma.sql`approval_tickets k JOIN domain_events e ON e.id = k.event_id
  LEFT JOIN templates t ON t.id = k.template_id LEFT JOIN instance_sizes z ON z.id = k.instance_size_id`;

/** Newest first; `mine` needs no permission (spec §3). */
export async function listRequests(ctx: Context, filter: RequestFilter): Promise<Page<RequestRow>> {
  const key = readTimeCursor(filter.cursor);
  const visible =
    filter.mine === true ? Prisma.sql`k.requester_id = ${actorId(ctx.actor)}` : ticketIsVisible(ctx);
  const rows = await db().$queryRaw<RequestRow[]>`
    SELECT ${rowColumns} FROM ${rowTables}
    WHERE ${visible} AND ${matchesFilter(filter)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(k.created_at, k.id) < (${key[0]}, ${key[1]})`}
    ORDER BY k.created_at DESC, k.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}

/** What waits for a decision this person may take or watch; the oldest, and so the most urgent, first (spec §5.11). */
export async function listQueue(ctx: Context, filter: RequestFilter): Promise<Page<RequestRow>> {
  const key = readTimeCursor(filter.cursor);
  const rows = await db().$queryRaw<RequestRow[]>`
    SELECT ${rowColumns} FROM ${rowTables}
    WHERE k.status = 'PENDING' AND ${isOnDesk(ctx, "builtin_approval:view")}
      AND ${matchesFilter(filter)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(k.created_at, k.id) > (${key[0]}, ${key[1]})`}
    ORDER BY k.created_at, k.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}

/** How many requests wait for this person, up to a hundred; their own do not wait for them. */
export async function countQueue(ctx: Context): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM approval_tickets k
      WHERE k.status = 'PENDING' AND k.requester_id <> ${actorId(ctx.actor)}
        AND ${isOnDesk(ctx, "builtin_approval:approve")} LIMIT 100) few`;
  return rows[0]?.count ?? 0;
}

function matchesFilter(filter: RequestFilter): Prisma.Sql {
  const group = filter.statusGroup === undefined ? undefined : [...statusGroups[filter.statusGroup]];
  const q = filter.q ?? "";
  return Prisma.join(
    [
      group === undefined ? Prisma.sql`TRUE` : Prisma.sql`k.status = ANY(${group})`,
      filter.status === undefined ? Prisma.sql`TRUE` : Prisma.sql`k.status = ${filter.status}`,
      filter.operationType === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`k.operation_type = ${filter.operationType}`,
      filter.environment ? Prisma.sql`k.environment = ${filter.environment}` : Prisma.sql`TRUE`,
      q === ""
        ? Prisma.sql`TRUE`
        : Prisma.sql`position(lower(${q}) IN lower(concat_ws(' ', k.resource_name, k.system_name, k.service_name,
            k.namespace, k.requester_name, k.reason))) > 0`,
    ],
    " AND ",
  );
}

const accessUntil = Prisma.sql`CASE WHEN k.operation_type = 'ACCESS' THEN
  k.approved_at + make_interval(hours => 24 * (${given}->>'days')::int) END`;

/** One request with everything its page tells. */
export async function readRequest(ctx: Context, ticketId: string): Promise<RequestDetail> {
  const rows = await db().$queryRaw<RequestDetail[]>`
    SELECT ${rowColumns}, k.service_id AS "serviceId", k.template_id AS "templateId",
      k.instance_size_id AS "instanceSizeId", k.policy_name AS "policyName",
      k.modification_reason AS "modificationReason", c.name AS "selectedClusterName",
      k.selected_storage_class AS "selectedStorageClass",
      CASE WHEN z.id IS NULL THEN NULL ELSE jsonb_build_object(
        'cpuCores', coalesce((k.request_params ->> 'targetCpuCores')::float8, z.cpu_cores::float8),
        'memoryGi', coalesce((k.request_params ->> 'targetMemoryGi')::float8, z.memory_gi::float8),
        'diskGb', coalesce((k.request_params ->> 'targetDiskGb')::int, z.default_disk_gb)) END AS asked,
      CASE WHEN k.final_disk_gb IS NULL THEN NULL ELSE jsonb_build_object('cpuCores', k.final_cpu_limit::float8,
        'memoryGi', k.final_memory_limit::float8, 'diskGb', k.final_disk_gb) END AS final,
      CASE WHEN k.operation_type = 'ACCESS' THEN jsonb_build_object('role', k.request_params->'role',
        'days', k.request_params->'days') END AS "accessAsked", ${accessUntil} AS "accessUntil",
      CASE WHEN k.operation_type = 'ACCESS' AND k.status = 'PENDING' THEN (SELECT m.role
        FROM resource_role_bindings m WHERE m.user_id = k.requester_id AND m.resource_type = 'system'
          AND m.resource_id = k.system_id AND (m.expires_at IS NULL OR m.expires_at > now())) END AS "accessHeld",
      CASE WHEN k.operation_type <> 'ACCESS' OR k.status <> 'SUCCESS' THEN NULL
        WHEN ${accessUntil} <= now() THEN 'ended'
        WHEN EXISTS (SELECT 1 FROM resource_role_bindings m WHERE m.ticket_id = k.id) THEN 'held'
        ELSE 'changed' END AS "accessState",
      (k.request_params ->> 'minutes')::int AS minutes, k.attempt_count AS "attemptCount",
      e.error_message AS "eventMessage", k.last_error AS "lastError", v.status AS "vmStatus",
      v.status_message AS "vmStatusMessage", v.cluster_status AS "vmClusterStatus", v.import_progress AS "vmImportProgress",
      k.rejected_at AS "rejectedAt", k.cancelled_at AS "cancelledAt"
    FROM ${rowTables} LEFT JOIN clusters c ON c.id = k.selected_cluster_id
    LEFT JOIN vms v ON v.id = k.resource_id AND k.resource_type = 'vm'
    WHERE k.id = ${ticketId} AND (${ticketIsVisible(ctx)}
      OR ${isOnDesk(ctx, "builtin_approval:view")})`;
  if (rows[0] === undefined) throw unknownTicket();
  return rows[0];
}

export interface Desk {
  request: RequestDetail;
  candidates: Candidate[];
  /** False with the reason why this person may look and not decide. */
  canDecide: boolean;
  refusal: "own_request" | "permission" | "decided" | null;
  similar: RequestRow[];
}

/** The decision page: the request, where it fits, whether this person may decide, and what was decided before. */
export async function readDesk(ctx: Context, ticketId: string): Promise<Desk> {
  const request = await readRequest(ctx, ticketId);
  await requireWatcher(db(), ctx, request);
  const { decide, scope } = deskOf(request);
  const permitted = await isAuthorized(db(), ctx, decide, scope);
  const refusal =
    request.status !== "PENDING"
      ? "decided"
      : request.requesterId === actorId(ctx.actor)
        ? "own_request"
        : permitted
          ? null
          : "permission";
  return {
    request,
    candidates: await readCandidates(request),
    canDecide: refusal === null,
    refusal,
    similar: await listSimilar(ctx, request),
  };
}

async function readCandidates(request: RequestDetail): Promise<Candidate[]> {
  if (request.operationType !== "CREATE" || request.status !== "PENDING") return [];
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: request.id } });
  return (await readCreation(db(), ticket, {})).candidates;
}

/** Decided requests of the same kind for the same service, or for access to the same System; newest first. */
async function listSimilar(ctx: Context, request: RequestDetail): Promise<RequestRow[]> {
  const about =
    request.serviceId === null
      ? Prisma.sql`k.resource_type = 'system' AND k.resource_id = ${request.systemId}`
      : Prisma.sql`k.service_id = ${request.serviceId}`;
  return db().$queryRaw<RequestRow[]>`
    SELECT ${rowColumns} FROM ${rowTables}
    WHERE ${about} AND k.operation_type = ${request.operationType}
      AND k.id <> ${request.id} AND k.status <> 'PENDING'
      AND ${isOnDesk(ctx, "builtin_approval:view")}
    ORDER BY k.created_at DESC LIMIT 5`;
}

/** Who may decide on a request: told before it is made and while it waits. The requester never may. */
export async function listEligibleApprovers(
  ctx: Context,
  scope: { systemId: string; environment: string | null; requesterId?: string },
): Promise<{ username: string; displayName: string }[]> {
  const { systemId, environment } = scope;
  const requesterId = scope.requesterId ?? actorId(ctx.actor);
  const holders =
    environment === null
      ? await listAccessDeciders(db(), { systemId, exceptUserId: requesterId })
      : await listHolders("builtin_approval:approve", { systemId, environment });
  return holders
    .filter((holder) => holder.id !== requesterId)
    .map(({ username, displayName }) => ({ username, displayName }));
}

/** What is on its way right now among one's own: for the dock on every page. */
export async function listRunningOperations(ctx: Context): Promise<(RequestRow & { serviceName: string })[]> {
  return db().$queryRaw<(RequestRow & { serviceName: string })[]>`
    SELECT ${rowColumns} FROM ${rowTables}
    WHERE k.requester_id = ${actorId(ctx.actor)} AND k.status IN ('APPROVED', 'EXECUTING')
      AND k.operation_type <> 'ACCESS'
    ORDER BY k.created_at DESC LIMIT 10`;
}

/** Requests whose operation has ended and whom the news of it has not reached: for the sweep. */
export async function listUnclosedRequests(): Promise<{ eventId: string }[]> {
  return db().$queryRaw`
    SELECT k.event_id AS "eventId" FROM approval_tickets k JOIN domain_events e ON e.id = k.event_id
    WHERE k.status IN ('APPROVED', 'EXECUTING') AND e.processed_at < now() - interval '5 seconds' LIMIT 200`;
}
