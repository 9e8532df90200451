import { authorize, isAuthorized } from "@/lib/access/authorize";
import { findLastEnding, findLiveGrant, listOpenSessions, readAsks } from "@/lib/console/queries";
import { readRecordingRule } from "@/lib/console/recordings/queries";
import { isRecorded } from "@/lib/console/recordings/rules";
import { mayObserve } from "@/lib/console/require-oversight";
import type { ConsoleAccess } from "@/lib/console/schema";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { operationTable } from "./operation-table";
import { decideByPolicy } from "./policies/queries";
import { placeOfVm, type PlacedVm } from "./store";

/** A step: the VM, for whoever may open its console; to anybody without a role on it, it does not exist. */
export async function requireConsolePlace(tx: Tx, ctx: Context, vmId: string): Promise<PlacedVm> {
  const vm = await placeOfVm(tx, vmId);
  const { permission, role } = operationTable.VNC_ACCESS;
  const { systemId, serviceId, environment } = vm;
  try {
    await authorize(tx, ctx, permission, { systemId, serviceId, vmId, environment, role });
    return vm;
  } catch (error) {
    if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND") throw new AppError("VM_NOT_FOUND");
    throw error;
  }
}

/** Where the person stands with a VM's console. Reading it issues nothing. */
export async function readConsoleAccess(ctx: Context, { vmId }: { vmId: string }): Promise<ConsoleAccess> {
  const vm = await requireConsolePlace(db(), ctx, vmId);
  const userId = actorId(ctx.actor);
  const [policy, grant, request, sessions, recording, asked, lastEnding, canRevoke, canObserve] =
    await Promise.all([
      decideByPolicy(db(), { operation: "VNC_ACCESS", requesterId: userId, demand: null, ...vm }),
      findLiveGrant(db(), { userId, vmId }),
      findLatestRequest(userId, vmId),
      listOpenSessions(ctx, vmId),
      tellRecording(vm.environment),
      readAsks(ctx, vmId),
      findLastEnding(ctx, vmId),
      mayRevoke(ctx, vm),
      mayObserve(db(), ctx, vm),
    ]);
  return {
    vmId,
    vmName: vm.vmName,
    vmStatus: vm.status,
    environment: vm.environment,
    requiresApproval: policy.effect !== "run",
    grant,
    request,
    sessions,
    recording,
    ...asked,
    lastEnding,
    canRevoke,
    canObserve,
  };
}

function mayRevoke(ctx: Context, { systemId, serviceId, vmId, environment }: PlacedVm): Promise<boolean> {
  return isAuthorized(db(), ctx, "vm:operate", { systemId, serviceId, vmId, environment, role: "admin" });
}

async function tellRecording(environment: string): Promise<ConsoleAccess["recording"]> {
  const rule = await readRecordingRule(db(), environment);
  const { retentionDays } = rule;
  return { vnc: isRecorded(rule, "vnc"), serial: isRecorded(rule, "serial"), retentionDays };
}

async function findLatestRequest(userId: string, vmId: string): Promise<ConsoleAccess["request"]> {
  const rows = await db().$queryRaw<NonNullable<ConsoleAccess["request"]>[]>`
    SELECT k.id AS "ticketId", k.status, k.reject_reason AS "rejectReason", k.created_at AS "createdAt",
      CASE WHEN g.revoked_at IS NOT NULL OR g.ends_at <= now() THEN least(g.revoked_at, g.ends_at) END AS "grantEndedAt"
    FROM approval_tickets k LEFT JOIN console_grants g ON g.ticket_id = k.id
    WHERE k.resource_type = 'vm' AND k.resource_id = ${vmId} AND k.operation_type = 'VNC_ACCESS'
      AND k.requester_id = ${userId}
    ORDER BY k.created_at DESC LIMIT 1`;
  return rows[0] ?? null;
}
