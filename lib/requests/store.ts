import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { isPermitted, isPlatformAdmin, systemIsVisible } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { catalogScopes } from "@/lib/vocabulary/environments";
import { sourceTypes } from "@/lib/catalog/templates/schema";
import { findTurns, wasAsked } from "./workflows/find-turns";
import { requestMachine, type RequestMove, type RequestState } from "./machine";

const systemId = Prisma.sql`k.system_id`;
const environment = Prisma.sql`k.environment`;

/** One's own, what `ticket:view` opens by System and environment, and who asks for a role on a System one keeps. */
export function ticketIsVisible(ctx: Context): Prisma.Sql {
  return Prisma.sql`(k.requester_id = ${actorId(ctx.actor)} OR ${isOnDesk(ctx, "ticket:view")})`;
}

/**
 * What lies on a desk. To decide: what waits for this person's word. To watch: machines by the permission, roles on Systems
 * by keeping the System, and whatever one was asked about.
 */
export function isOnDesk(
  ctx: Context,
  permission: "ticket:view" | "builtin_approval:view" | "builtin_approval:approve",
): Prisma.Sql {
  if (permission === "builtin_approval:approve") return findTurns(ctx);
  return Prisma.sql`(CASE WHEN k.operation_type = 'ACCESS' THEN ${isKept(ctx)}
    ELSE ${isPermitted(ctx, { permission, systemId, environment })} END OR ${wasAsked(ctx)})`;
}

/** The same as `authorize` asks of whoever decides about a role on a System. */
function isKept(ctx: Context): Prisma.Sql {
  return Prisma.sql`(${isPlatformAdmin(ctx)} OR (${systemIsVisible(ctx, systemId)} AND k.system_id IN (
    SELECT a.resource_id FROM resource_role_bindings a WHERE a.user_id = ${actorId(ctx.actor)}
      AND a.resource_type = 'system' AND a.role IN ('owner', 'admin')
      AND (a.expires_at IS NULL OR a.expires_at > now()))))`;
}

/** Where a request lives; whose permission counts follows from it. */
export interface Place {
  systemId: string;
  systemName: string;
  serviceId: string;
  serviceName: string;
  namespace: string;
  environment: string;
  environmentClass: "test" | "prod";
}

const place = Prisma.sql`y.id AS "systemId", y.name AS "systemName", s.id AS "serviceId", s.name AS "serviceName",
  n.name AS namespace, n.environment, e.class AS "environmentClass"`;

/** A place whose namespace may not exist; told only to whoever may know of the service. */
export type LocatedPlace = Omit<Place, "namespace" | "environment" | "environmentClass"> & {
  [Key in "namespace" | "environment" | "environmentClass"]: Place[Key] | null;
};

export async function placeOfCreation(tx: Tx, serviceId: string, namespace: string): Promise<LocatedPlace> {
  const rows = await tx.$queryRaw<LocatedPlace[]>`
    SELECT ${place} FROM services s JOIN systems y ON y.id = s.system_id
    LEFT JOIN namespaces n ON n.name = ${namespace} AND n.enabled LEFT JOIN environments e ON e.name = n.environment
    WHERE s.id = ${serviceId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "service" });
  return rows[0];
}

export interface PlacedVm extends Place {
  vmId: string;
  vmName: string;
  status: string;
  vmiUid: string | null;
  isProtected: boolean;
  /** Somebody works on its cluster. */
  inMaintenance: boolean;
}

export async function placeOfVm(tx: Tx, vmId: string): Promise<PlacedVm> {
  const rows = await tx.$queryRaw<PlacedVm[]>`
    SELECT ${place}, v.id AS "vmId", v.name AS "vmName", v.status, v.vmi_uid AS "vmiUid",
      EXISTS (SELECT 1 FROM vm_lifetimes l WHERE l.vm_id = v.id AND l.protected) AS "isProtected",
      EXISTS (SELECT 1 FROM clusters c WHERE c.id = v.cluster_id AND c.maintenance) AS "inMaintenance"
    FROM vms v JOIN services s ON s.id = v.service_id JOIN systems y ON y.id = s.system_id
    JOIN namespaces n ON n.name = v.namespace JOIN environments e ON e.name = n.environment
    WHERE v.id = ${vmId}`;
  if (rows[0] === undefined) throw new AppError("VM_NOT_FOUND");
  return rows[0];
}

const devices = z.array(z.strictObject({ name: z.string(), count: z.number().int() }));

/** A template as a request needs it; `version` picks another version of the same name. */
export async function readTemplate(tx: Tx, templateId: string, version?: number) {
  const asked = await tx.template.findUnique({ where: { id: templateId } });
  if (asked === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "template" });
  const template =
    version === undefined || version === asked.version
      ? asked
      : await tx.template.findUnique({ where: { name_version: { name: asked.name, version } } });
  if (template === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "template", version });
  return {
    ...template,
    imageClusterId: await imageClusterOf(tx, template.imageUploadId),
    sourceType: z.enum(sourceTypes).parse(template.sourceType),
    catalogScope: z.enum(catalogScopes).parse(template.catalogScope),
  };
}

/** An uploaded image lies in one cluster. */
async function imageClusterOf(tx: Tx, imageUploadId: string | null): Promise<string | undefined> {
  if (imageUploadId === null) return undefined;
  const upload = await tx.imageUpload.findUnique({
    where: { id: imageUploadId },
    select: { clusterId: true },
  });
  return upload?.clusterId;
}

export async function readSize(tx: Tx, sizeId: string) {
  const size = await tx.instanceSize.findUnique({ where: { id: sizeId } });
  if (size === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "instance_size" });
  return {
    ...size,
    cpuCores: Number(size.cpuCores),
    cpuRequest: size.cpuRequest === null ? null : Number(size.cpuRequest),
    memoryGi: Number(size.memoryGi),
    memoryRequestGi: size.memoryRequestGi === null ? null : Number(size.memoryRequestGi),
    gpuDevices: devices.parse(size.gpuDevices),
    specOverrides: z.record(z.string(), z.json()).parse(size.specOverrides),
    catalogScope: z.enum(catalogScopes).parse(size.catalogScope),
  };
}
export type RequestedTemplate = Awaited<ReturnType<typeof readTemplate>>;
export type RequestedSize = Awaited<ReturnType<typeof readSize>>;

export async function lockTicket(tx: Tx, ticketId: string) {
  await tx.$queryRaw`SELECT 1 FROM approval_tickets WHERE id = ${ticketId} FOR UPDATE`;
  const ticket = await tx.approvalTicket.findUnique({ where: { id: ticketId } });
  if (ticket === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
  return ticket;
}
export type Ticket = Awaited<ReturnType<typeof lockTicket>>;

/** A ticket about a machine, which has a place; one for access has a System alone. */
export type MachineTicket = Ticket & {
  [Key in "serviceId" | "serviceName" | "namespace" | "environment"]: string;
};

export function machineTicket(ticket: Ticket): MachineTicket {
  const { serviceId, serviceName, namespace, environment } = ticket;
  if (serviceId === null || serviceName === null || namespace === null || environment === null)
    throw new AppError("INVALID_REQUEST", { reason: "not about a machine" });
  return { ...ticket, serviceId, serviceName, namespace, environment };
}

/** For records: the environment of a ticket that has one. */
export function environmentOf({ environment }: { environment: string | null }): { environment?: string } {
  return environment === null ? {} : { environment };
}

/** Compare-and-set by the machine's table, version counted up; INVALID_STATE when somebody was first. */
export async function moveTicket(
  tx: Tx,
  ticket: { id: string; status: string },
  move: RequestMove,
  data: Prisma.ApprovalTicketUpdateManyMutationInput = {},
): Promise<RequestState> {
  const { from, to } = requestMachine.moves[move];
  const { count } = await tx.approvalTicket.updateMany({
    where: { id: ticket.id, status: { in: [...from] } },
    data: { ...data, status: to, version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("INVALID_STATE", { object: "request", state: ticket.status, move });
  return to;
}

/** The optimistic lock of the desk: who looked at an older version decides about something else. */
export function requireVersion(ticket: { version: number }, seen: number | undefined): void {
  if (seen !== undefined && seen !== ticket.version) {
    throw new AppError("CONFLICT", { object: "request", seen, current: ticket.version });
  }
}
