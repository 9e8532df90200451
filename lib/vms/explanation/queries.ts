import { Prisma } from "@/prisma/generated/client";
import { isAuthorized } from "@/lib/access/authorize";
import { vmIsVisible } from "@/lib/access/visible";
import { planCapacity } from "@/lib/clusters/capacity/rules";
import { nodeUsage } from "@/lib/clusters/capacity/schema";
import { storedCapabilities } from "@/lib/clusters/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { askShared } from "../looks/ask-shared";
import { readSymptoms } from "../symptoms/rules";
import { readClusterEventsJob } from "./jobs";
import { explainVm, needsRooms } from "./rules";
import {
  reportedEvents,
  type ClusterEvents,
  type ExplainedFacts,
  type Explanation,
  type ReportedEvent,
  type Room,
} from "./schema";
import { findKeptEvents } from "./store";

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};
const tables = Prisma.sql`vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
  JOIN clusters c ON c.id = v.cluster_id`;

const warningsRead = 20;
const eventsShown = 100;
const roomsMax = 50;

/** Why the machine is as it is; VM_NOT_FOUND for whoever may not see it. */
export async function readExplanation(ctx: Context, vmId: string): Promise<Explanation | null> {
  const facts = await readFacts(ctx, vmId);
  const first = explainVm(facts);
  if (!needsRooms(first, facts)) return first;
  return explainVm({ ...facts, rooms: await readRooms(facts.cluster.id) });
}

/** For a page that is about something else: null also where the machine may not be seen, or is gone. */
export async function findExplanation(ctx: Context, vmId: string | null): Promise<Explanation | null> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM ${tables} WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`;
  return vmId === null || rows.length === 0 ? null : readExplanation(ctx, vmId);
}

/**
 * What the cluster itself reported, asked of a worker; what was kept where the cluster cannot be asked.
 * Without names and words for whoever may not know the clusters.
 */
export async function readClusterEvents(ctx: Context, vmId: string): Promise<ClusterEvents> {
  const rows = await db().$queryRaw<{ clusterId: string; namespace: string; name: string }[]>`
    SELECT v.cluster_id AS "clusterId", v.namespace, v.name FROM ${tables}
    WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`;
  const vm = rows[0];
  if (vm === undefined) throw new AppError("VM_NOT_FOUND");
  const ask = () => askWorker(ctx, readClusterEventsJob, { vmId, ...vm }, reportedEvents);
  const [answer, mayNameClusters] = await Promise.all([
    askShared(`events/${vmId}`, ask).catch(nullWhenAway),
    isAuthorized(db(), ctx, "cluster:read"),
  ]);
  const events = answer?.events ?? (await findKeptEvents(db(), vmId, eventsShown));
  const shown = mayNameClusters ? events : events.map(withoutNames);
  if (answer?.events != null) return { events: shown, source: "live", kept: answer.kept };
  return { events: shown, source: answer === null ? "kept" : "forbidden", kept: 0 };
}

/** What an event says and what it is about names nodes and pods, which are an administrator's to know. */
function withoutNames(event: ReportedEvent): ReportedEvent {
  return { ...event, objectName: "", message: "" };
}

function nullWhenAway(error: unknown): null {
  const isAway =
    error instanceof AppError && (error.code === "CLUSTER_UNAVAILABLE" || error.code === "WORKER_SILENT");
  if (isAway) return null;
  throw error;
}

type FactsRow = Omit<ExplainedFacts["vm"], "id"> & {
  symptoms: unknown;
  clusterId: string;
  clusterName: string;
  isStale: boolean;
  staleSince: Date | null;
  isNodeReady: boolean | null;
  operation:
    (Omit<NonNullable<ExplainedFacts["operation"]>, "queuedAt"> & { queuedAt: string | null }) | null;
  failure: (Omit<NonNullable<ExplainedFacts["failure"]>, "endedAt"> & { endedAt: string }) | null;
  waiting: (Omit<NonNullable<ExplainedFacts["waiting"]>, "heldUntil"> & { heldUntil: string | null }) | null;
};

async function readFacts(ctx: Context, vmId: string): Promise<ExplainedFacts> {
  const [rows, mayNameClusters, events] = await Promise.all([
    readRows(ctx, vmId),
    isAuthorized(db(), ctx, "cluster:read"),
    findKeptEvents(db(), vmId, warningsRead),
  ]);
  const row = rows[0];
  if (row === undefined) throw new AppError("VM_NOT_FOUND");
  const { symptoms, operation, failure, waiting, clusterId, clusterName, ...rest } = row;
  const { isStale, staleSince, isNodeReady, ...vm } = rest;
  return {
    now: ctx.now,
    vm: { id: vmId, ...vm },
    symptoms: readSymptoms(symptoms),
    cluster: { id: clusterId, name: clusterName, isStale, staleSince, isNodeReady },
    operation: operation && { ...operation, queuedAt: asDate(operation.queuedAt) },
    failure: failure && { ...failure, endedAt: new Date(failure.endedAt) },
    waiting: waiting && { ...waiting, heldUntil: asDate(waiting.heldUntil) },
    events,
    rooms: null,
    mayNameClusters,
  };
}

/** JSON carries times as text. */
function asDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

function readRows(ctx: Context, vmId: string): Promise<FactsRow[]> {
  return db().$queryRaw<FactsRow[]>`
    SELECT v.status, v.status_since AS "statusSince", v.status_message AS "statusMessage",
      v.cluster_status AS "clusterStatus", v.node, v.os_info IS NOT NULL AS "hasAgent",
      v.restart_required AS "restartRequired", v.import_progress AS "importProgress",
      v.cpu_cores::float8 AS "cpuCores", v.memory_gi::float8 AS "memoryGi", v.symptoms,
      c.id AS "clusterId", c.name AS "clusterName", f.heard IS NULL AS "isStale", v.observed_at AS "staleSince",
      (SELECT (nodes.one ->> 'ready')::boolean
        FROM jsonb_array_elements(c.detected_capabilities -> 'nodes') AS nodes(one)
        WHERE nodes.one ->> 'name' = v.node LIMIT 1) AS "isNodeReady",
      o.operation, (SELECT ${lastFailure} FROM (${lastEnded}) l WHERE l.status = 'FAILED') AS failure, w.waiting
    FROM ${tables}
    LEFT JOIN LATERAL (SELECT true AS heard FROM cluster_reflectors r WHERE r.cluster_id = c.id AND r.kind = 'vm'
      AND r.connected AND r.lease_until > now() - interval '60 seconds' LIMIT 1) f ON true
    LEFT JOIN LATERAL (SELECT jsonb_build_object('eventType', e.event_type, 'errorMessage', e.error_message,
      'attempt', e.attempt, 'queuedAt', e.queued_at,
      'ticketId', (SELECT k.id FROM approval_tickets k WHERE k.event_id = e.id)) AS operation
      FROM domain_events e WHERE e.id = v.active_event_id) o ON true
    LEFT JOIN LATERAL (SELECT jsonb_build_object('ticketId', k.id, 'operation', k.operation, 'status', k.status,
      'heldUntil', k.held_until) AS waiting
      FROM approval_tickets k WHERE k.resource_type = 'vm' AND k.resource_id = v.id
        AND (k.status = 'PENDING' OR (k.status = 'APPROVED' AND k.held_until IS NOT NULL))
      ORDER BY k.status, k.created_at DESC LIMIT 1) w ON true
    WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`;
}

const lastEnded = Prisma.sql`SELECT k.id, e.status, e.error_message, e.processed_at
  FROM approval_tickets k JOIN domain_events e ON e.id = k.event_id
  WHERE k.resource_type = 'vm' AND k.resource_id = v.id AND e.processed_at IS NOT NULL
    AND e.status IN ('COMPLETED', 'FAILED')
  ORDER BY e.processed_at DESC LIMIT 1`;
const lastFailure = Prisma.sql`jsonb_build_object('ticketId', l.id, 'errorMessage', l.error_message,
  'endedAt', l.processed_at)`;

/** What other clusters of the same environment have free, as they were last read. */
async function readRooms(clusterId: string): Promise<Room[]> {
  const rows = await db().$queryRaw<
    { name: string; capabilities: unknown; usage: unknown; usedAt: Date | null }[]
  >`
    SELECT o.name, o.detected_capabilities AS capabilities, o.node_usage AS usage, o.node_usage_at AS "usedAt"
    FROM clusters o JOIN clusters c ON c.environment = o.environment AND c.id <> o.id
    WHERE c.id = ${clusterId} AND o.enabled AND NOT o.maintenance AND o.status = 'HEALTHY'
    ORDER BY o.scheduling_weight DESC, o.name LIMIT ${roomsMax}`;
  return rows.map(({ name, capabilities, usage, usedAt }) => ({
    clusterName: name,
    free: freeOf({
      capabilities: storedCapabilities.nullable().catch(null).parse(capabilities),
      usage: nodeUsage.array().nullable().catch(null).parse(usage),
      usedAt,
      promised: [],
    }),
  }));
}

/** Of processors and memory what one node has, because a machine runs on one; of devices what is permitted. */
function freeOf(input: Parameters<typeof planCapacity>[0]): Record<string, number> {
  const { nodes, devices } = planCapacity(input, { perPage: 1_000 });
  const open = nodes.filter(({ ready, schedulable }) => ready && schedulable);
  const most = (amounts: number[]) => amounts.reduce((best, amount) => Math.max(best, amount), 0);
  const permitted = devices.filter(({ permitted: isPermitted }) => isPermitted);
  return {
    ...Object.fromEntries(permitted.map(({ resource, total, used }) => [resource, total - (used ?? 0)])),
    cpu: most(open.map(({ cpuCores }) => cpuCores.free)),
    memory: most(open.map(({ memoryGi }) => memoryGi.free)),
  };
}
