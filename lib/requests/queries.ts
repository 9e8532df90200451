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
import type { QueueFilter, QueueRow } from "./queue/schema";
import {
  given,
  isInView,
  matchesFilter,
  matchesQueueFilter,
  rowColumns,
  rowTables,
  urgencyTables,
  waitsFor,
} from "./queue/store";
import type { RequestDetail, RequestFilter, RequestRow } from "./schema";
import { isOnDesk, ticketIsVisible } from "./store";

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

/** What waits for a decision this person may take or watch; what is urgent soonest first (spec §5.11). */
export async function listQueue(ctx: Context, filter: QueueFilter): Promise<Page<QueueRow>> {
  const key = readTimeCursor(filter.cursor);
  const rows = await db().$queryRaw<QueueRow[]>`
    SELECT ${rowColumns}, urgency.tier, at.urgent_at AS "urgentAt", step.due_at AS "dueAt",
      step.names AS "stepNames", ${waitsFor(ctx)} AS "waitsForMe"
    FROM ${rowTables} ${urgencyTables}
    WHERE k.status = 'PENDING' AND ${isInView(ctx, filter.view ?? "watch")} AND ${matchesQueueFilter(filter)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(at.urgent_at, k.id) > (${key[0]}, ${key[1]})`}
    ORDER BY at.urgent_at, k.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.urgentAt.toISOString(), row.id]);
}

/** How many requests wait for this person's word, up to a hundred. */
export async function countQueue(ctx: Context): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM approval_tickets k WHERE ${waitsFor(ctx)} LIMIT 100) few`;
  return rows[0]?.count ?? 0;
}

const accessUntil = Prisma.sql`CASE WHEN k.operation_type = 'ACCESS' THEN
  k.approved_at + make_interval(hours => 24 * (${given}->>'days')::int) END`;

/** Which way a request went: the rule, the workflow, its hour, the desk outside. */
const routeColumns = Prisma.sql`k.policy_id AS "policyId", k.policy_effect AS "policyEffect",
  k.workflow_name AS "workflowName", k.start_at AS "startAt", k.hold_reason AS "holdReason",
  k.emergency_id AS "emergencyId", k.pending_choices AS "pendingChoices",
  k.request_params - '{operation,reason,vmId,serviceId,systemId,namespace,environment,templateId,instanceSizeId,confirm,confirmName}'::text[]
    AS wishes,
  (SELECT jsonb_build_object('system', x.name, 'externalId', r.external_id, 'url', r.external_url,
      'error', r.last_error) FROM external_approval_systems x LEFT JOIN external_approval_requests r
      ON r.ticket_id = k.id AND r.external_system_id = x.id
    WHERE x.id = k.external_system_id ORDER BY r.created_at DESC LIMIT 1) AS outside`;

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
      (k.request_params ->> 'minutes')::int AS minutes,
      coalesce(k.request_params -> 'covers' ? 'restart', FALSE) AS "coversRestart", k.attempt_count AS "attemptCount",
      e.error_message AS "eventMessage", k.last_error AS "lastError", v.status AS "vmStatus",
      v.status_message AS "vmStatusMessage", v.cluster_status AS "vmClusterStatus", v.import_progress AS "vmImportProgress",
      k.rejected_at AS "rejectedAt", k.cancelled_at AS "cancelledAt", ${routeColumns}
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
  refusal: "own_request" | "permission" | "turn" | "decided" | null;
  similar: RequestRow[];
}

/** The decision page: the request, where it fits, whether this person may decide, and what was decided before. */
export async function readDesk(ctx: Context, ticketId: string): Promise<Desk> {
  const request = await readRequest(ctx, ticketId);
  await requireWatcher(db(), ctx, request);
  const refusal = await findRefusal(ctx, request);
  return {
    request,
    candidates: await readCandidates(request),
    canDecide: refusal === null,
    refusal,
    similar: await listSimilar(ctx, request),
  };
}

/** Holding the permission is not enough: a step must want this person's word now. */
async function findRefusal(ctx: Context, request: RequestDetail): Promise<Desk["refusal"]> {
  if (request.status !== "PENDING") return "decided";
  const turns = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM approval_tickets k WHERE k.id = ${request.id} AND ${isOnDesk(ctx, "builtin_approval:approve")}`;
  if (request.requesterId === actorId(ctx.actor)) return turns.length > 0 ? null : "own_request";
  if (turns.length > 0) return null;
  const { decide, scope } = deskOf(request);
  return (await isAuthorized(db(), ctx, decide, scope)) ? "turn" : "permission";
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
