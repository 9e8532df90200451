import { z } from "zod";
import type { ExternalApprovalRequest, ExternalApprovalSystem } from "@/prisma/generated/client";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { DeliveryKind, DeliveryOutcome } from "@/lib/vocabulary/approval-desks";
import type { Routable } from "./rules";
import { jiraConfig, route, serviceNowConfig, statusMapping, webhookConfig } from "./schema";

const parsed = z.discriminatedUnion("type", [
  z.object({ type: z.literal("webhook"), config: webhookConfig }),
  z.object({ type: z.literal("servicenow"), config: serviceNowConfig }),
  z.object({ type: z.literal("jira"), config: jiraConfig }),
]);
const shared = z.object({ statusMapping, routes: z.array(route) });

/** A desk's row, its JSON parsed again: what does not parse any more fails closed. */
export function toDesk(row: ExternalApprovalSystem) {
  const { type: _type, config: _config, statusMapping: _mapping, routes: _routes, ...plain } = row;
  return { ...plain, ...shared.parse(row), settings: parsed.parse(row) };
}
export type DeskSettings = ReturnType<typeof toDesk>;

/** @throws RESOURCE_NOT_FOUND */
export async function findDesk(tx: Tx, deskId: string): Promise<DeskSettings> {
  const row = await tx.externalApprovalSystem.findUnique({ where: { id: deskId } });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "external_approval_system" });
  return toDesk(row);
}

/** Held to the end of the transaction, so that two changes follow each other. */
export async function lockDesk(tx: Tx, deskId: string): Promise<DeskSettings> {
  await tx.$queryRaw`SELECT 1 FROM external_approval_systems WHERE id = ${deskId} FOR UPDATE`;
  return findDesk(tx, deskId);
}

/** Those that are switched on, in the order in which they are tried. */
export async function listOpenDesks(tx: Tx): Promise<DeskSettings[]> {
  const rows = await tx.externalApprovalSystem.findMany({
    where: { enabled: true },
    orderBy: [{ sortOrder: "asc" }, { id: "asc" }],
    take: 100,
  });
  return rows.map(toDesk);
}

export type OutsideRequest = ExternalApprovalRequest;

/** @throws RESOURCE_NOT_FOUND */
export async function lockRequest(tx: Tx, requestId: string): Promise<OutsideRequest> {
  await tx.$queryRaw`SELECT 1 FROM external_approval_requests WHERE id = ${requestId} FOR UPDATE`;
  const row = await tx.externalApprovalRequest.findUnique({ where: { id: requestId } });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "external_approval_request" });
  return row;
}

export function isOpen(request: Pick<OutsideRequest, "status">): boolean {
  return request.status === "sending" || request.status === "waiting";
}

const demandShape = z.object({ cpuCores: z.number(), memoryGi: z.number(), diskGb: z.number() });

/** What of a ticket the routes look at. */
export function routableOf(ticket: {
  operation: string;
  environment: string | null;
  systemId: string;
  demand: unknown;
}): Routable {
  const { operation, environment, systemId } = ticket;
  return { operation, environment, systemId, demand: demandShape.safeParse(ticket.demand).data ?? null };
}

export interface Delivery {
  deskId: string;
  requestId: string | null;
  ticketId: string | null;
  kind: DeliveryKind;
  outcome: DeliveryOutcome;
  attempt?: number;
  statusCode: number | null;
  durationMs: number;
  requestBody: string | null;
  responseExcerpt: string | null;
  error: string | null;
  redeliveryOf?: string | null;
}

/** A step: one call, in either direction, on record; what failed is counted. */
export async function recordDelivery(tx: Tx, { deskId, ...call }: Delivery): Promise<string> {
  const id = newId();
  await tx.externalDelivery.create({
    data: { id, externalSystemId: deskId, ...call },
    select: { id: true },
  });
  if (call.outcome === "failed") {
    await tx.externalApprovalSystem.updateMany({
      where: { id: deskId },
      data: { errorCount: { increment: 1 } },
    });
  }
  return id;
}
