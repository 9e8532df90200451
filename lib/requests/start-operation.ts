import type { Prisma } from "@/prisma/generated/client";
import { makeInitialPassword } from "@/lib/catalog/templates/make-initial-password";
import { grantConsole } from "@/lib/console/grant-console";
import type { Context } from "@/lib/core/context";
import { AppError, assertNever } from "@/lib/core/errors";
import { closeEvent, startEvent } from "@/lib/core/events";
import { hashOf, newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { requireUnheld } from "@/lib/snapshots/require-unheld";
import { createVm } from "@/lib/vms/create-vm";
import { keepInitialPassword } from "@/lib/vms/initial-password/keep-initial-password";
import type { VmBlueprint } from "@/lib/vms/schema";
import { retryCreation } from "@/lib/vms/retry-creation";
import { startDeletion } from "@/lib/vms/start-deletion";
import type { AccessTerms } from "./access/schema";
import { startClone } from "./clones/start-clone";
import { grantAccess } from "./access/grant-access";
import type { ApprovedChange } from "./modification/choose-change";
import { startChange } from "./modification/start-change";
import type { PlacedCreation } from "./place-creation";
import { grantIncrease } from "./quotas/grant-increase";
import { grantExtension } from "./lifetimes/grant-extension";
import { grantSchedule } from "./lifetimes/grant-schedule";
import { startLifetime } from "./lifetimes/start-lifetime";
import { startOrder } from "./power/start-order";
import { requireUnprotected } from "./lifetimes/store";
import { startSnapshotWork } from "./snapshots/start-snapshot-work";
import { requestVmInput, submitInput, type SubmitRequest } from "./schema";
import { machineTicket, moveTicket, type MachineTicket, type Ticket } from "./store";

export interface Approved {
  ticket: Ticket;
  /** A creation's cluster and what is made there. */
  placed?: PlacedCreation | null;
  /** The role and the time that are given. */
  terms?: AccessTerms | null;
  /** What a standing machine becomes. */
  change?: ApprovedChange | null;
}

/** A step: kind → what an approval starts. The ticket has just become APPROVED; nothing here calls a cluster. */
export async function startOperation(
  tx: Tx,
  ctx: Context,
  { ticket, placed = null, terms = null, change = null }: Approved,
): Promise<void> {
  const asked = submitInput.parse(ticket.requestParams);
  const order = { vmId: ticket.resourceId ?? "", eventId: ticket.eventId };
  switch (asked.operation) {
    case "CREATE_VM":
      if (ticket.resourceId !== null) return retryCreation(tx, { ...order, vmId: ticket.resourceId });
      if (placed === null) throw new AppError("INVALID_REQUEST", { reason: "no cluster chosen" });
      return startCreation(tx, ctx, machineTicket(ticket), placed);
    case "START_VM":
    case "STOP_VM":
    case "RESTART_VM":
    case "FORCE_STOP_VM":
    case "PAUSE_VM":
    case "RESUME_VM":
    case "SOFT_REBOOT_VM":
    case "RESET_VM":
      return startOrder(tx, ctx, ticket, asked);
    case "MODIFY_VM":
      return startChange(tx, ctx, { ticket, change });
    case "DELETE_VM":
      await requireUnprotected(tx, asked.vmId);
      await requireUnheld(tx, asked.vmId, "delete");
      return startDeletion(tx, ctx, order);
    case "VNC_ACCESS":
      return startConsole(tx, ctx, ticket, asked);
    case "SYSTEM_ACCESS":
      await grantAccess(tx, ctx, { ticket, terms: terms ?? asked });
      return completeAtOnce(tx, ctx, ticket);
    case "CREATE_SNAPSHOT":
    case "RESTORE_SNAPSHOT":
      return startSnapshotWork(tx, ctx, ticket, asked);
    case "CLONE_VM":
      return startClone(tx, ctx, ticket, asked);
    case "EXTEND_VM":
      await grantExtension(tx, ctx, ticket, asked);
      return completeAtOnce(tx, ctx, ticket);
    case "SCHEDULE_VM":
      await grantSchedule(tx, ctx, ticket, asked);
      return completeAtOnce(tx, ctx, ticket);
    case "INCREASE_QUOTA":
      await grantIncrease(tx, ctx, ticket, asked);
      return completeAtOnce(tx, ctx, ticket);
    default:
      return assertNever(asked);
  }
}

async function startCreation(
  tx: Tx,
  ctx: Context,
  ticket: MachineTicket,
  placed: PlacedCreation,
): Promise<void> {
  const { template, size } = placed;
  const { blueprint, password } = withPassword(placed.blueprint);
  const vm = await createVm(tx, ctx, {
    ticketId: ticket.id,
    eventId: ticket.eventId,
    requesterId: ticket.requesterId,
    service: { id: ticket.serviceId, name: ticket.serviceName, systemName: ticket.systemName },
    namespace: ticket.namespace,
    clusterId: placed.clusterId,
    template: { id: template.id, version: template.version },
    instanceSizeId: size.id,
    blueprint,
  });
  const { lifetimeDays } = requestVmInput.pick({ lifetimeDays: true }).strip().parse(ticket.requestParams);
  await startLifetime(tx, ctx.now, { id: vm.id, environment: ticket.environment, wishedDays: lifetimeDays });
  if (password !== null) await keepInitialPassword(tx, vm.id, password);
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: {
      resourceId: vm.id,
      resourceName: vm.name,
      selectedClusterId: placed.clusterId,
      selectedTemplateVersion: template.version,
      selectedStorageClass: blueprint.storageClass,
      selectedDvAccessModes: blueprint.dvAccessModes,
      selectedDvVolumeMode: blueprint.dvVolumeMode,
      templateSnapshot: asJson(template),
      instanceSizeSnapshotId: await snapshotSize(tx, ticket, size),
      finalCpuRequest: blueprint.cpuRequest,
      finalCpuLimit: blueprint.cpuLimit,
      finalMemoryRequest: blueprint.memoryRequestGi,
      finalMemoryLimit: blueprint.memoryLimitGi,
      finalDiskGb: blueprint.diskGb,
      placementEvaluation: asJson(placed.candidates),
    },
    select: { id: true },
  });
}

/** Until here the blueprint held room for a first password; the machine gets one of its own, and holds its hash. */
function withPassword(blueprint: VmBlueprint): {
  blueprint: VmBlueprint;
  password: { username: string; password: string } | null;
} {
  if (blueprint.initialPassword === null) return { blueprint, password: null };
  const { username } = blueprint.initialPassword;
  const { password, hash } = makeInitialPassword();
  return {
    blueprint: { ...blueprint, initialPassword: { username, hash } },
    password: { username, password },
  };
}

/** The size as it was at this hour; later edits never touch machines that stand (spec §5.28). */
async function snapshotSize(tx: Tx, ticket: Ticket, size: PlacedCreation["size"]): Promise<string> {
  const id = newId();
  const snapshot = asJson(size);
  await tx.instanceSizeSnapshot.create({
    data: {
      id,
      approvalTicketId: ticket.id,
      instanceSizeSnapshot: snapshot,
      snapshotHash: hashOf(snapshot),
      createdBy: ticket.requesterId,
    },
    select: { id: true },
  });
  return id;
}

async function startConsole(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  asked: Extract<SubmitRequest, { operation: "VNC_ACCESS" }>,
): Promise<void> {
  await grantConsole(tx, ctx, {
    userId: ticket.requesterId,
    vmId: asked.vmId,
    ticketId: ticket.id,
    minutes: asked.minutes,
    covers: asked.covers,
  });
  await completeAtOnce(tx, ctx, ticket);
}

/** No cluster work follows a grant: it has succeeded when it is written (spec §4). */
async function completeAtOnce(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  await startEvent(tx, ticket.eventId);
  await closeEvent(tx, ticket.eventId, "complete");
  await moveTicket(tx, { id: ticket.id, status: "APPROVED" }, "succeed", { finishedAt: ctx.now });
}

/** Rows as plain JSON: dates become text, decimals their digits. */
function asJson(value: unknown): Prisma.InputJsonObject {
  // Round-tripping through JSON yields JSON.
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
}
