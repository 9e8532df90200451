import { platformContext, type Context } from "@/lib/core/context";
import { recordAudit } from "@/lib/core/audit";
import { atDatabaseTime } from "@/lib/core/database-time";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { openRequest } from "../open-request";
import { expiryActor } from "./extend-life";
import { addDays, dueNotice } from "./rules";
import { listWatchers, lockLifetime, type LockedLifetime } from "./store";

const dayMs = 86_400_000;

/**
 * One step of a life's end, as far as it is due: a notice, the stop, the days of grace, the request to delete. Asked twice,
 * or by two workers, each step is done once.
 */
export async function expireVm({ vmId }: { vmId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const ctx = await atDatabaseTime(tx, platformContext(expiryActor));
    const life = await lockLifetime(tx, vmId);
    if (life.expiresAt === null) return;
    const ended = life.expiresAt <= ctx.now;
    if (!ended) return giveNotice(tx, ctx, { ...life, expiresAt: life.expiresAt });
    if (life.state === "running") return stopAtEnd(tx, ctx, life);
    if (life.graceEndsAt !== null && life.graceEndsAt <= ctx.now) return askToDelete(tx, ctx, life);
  });
}

async function giveNotice(tx: Tx, ctx: Context, life: LockedLifetime & { expiresAt: Date }): Promise<void> {
  const days = dueNotice(ctx.now, life);
  if (days === null) return;
  await tx.vmLifetime.update({
    where: { vmId: life.vmId },
    data: { noticedDays: days },
    select: { vmId: true },
  });
  await tell(tx, life, Math.max(0, Math.ceil((life.expiresAt.getTime() - ctx.now.getTime()) / dayMs)));
}

/** A stop that cannot be asked for now, because the machine is busy, is asked for at the next look. */
async function stopAtEnd(tx: Tx, ctx: Context, life: LockedLifetime): Promise<void> {
  if (["RUNNING", "PAUSED"].includes(life.vmStatus)) {
    const wish = { operation: "STOP_VM" as const, vmId: life.vmId, reason: "" };
    if (!(await submitted(tx, ctx, () => openRequest(tx, ctx, wish, { rule: expiryActor })))) return;
  } else if (!["STOPPED", "FAILED", "NOT_FOUND", "UNKNOWN"].includes(life.vmStatus)) return;
  const graceEndsAt = addDays(ctx.now, life.graceDays);
  await tx.vmLifetime.update({
    where: { vmId: life.vmId },
    data: { state: "grace", graceEndsAt },
    select: { vmId: true },
  });
  await recordExpiry(tx, ctx, life, { step: "stop", graceEndsAt });
  await tell(tx, life, 0);
}

/** A protected machine stays, and people are told again; else its deletion is asked for like any other. */
async function askToDelete(tx: Tx, ctx: Context, life: LockedLifetime): Promise<void> {
  const again = { graceEndsAt: addDays(ctx.now, Math.max(1, life.graceDays)) };
  if (!life.protected) {
    const open = {
      resourceId: life.vmId,
      operation: "DELETE_VM",
      status: { in: ["PENDING", "APPROVED", "EXECUTING"] },
    };
    if ((await tx.approvalTicket.count({ where: open })) === 0) {
      const wish = { operation: "DELETE_VM" as const, vmId: life.vmId, reason: "", confirmName: life.vmName };
      if (!(await submitted(tx, ctx, () => openRequest(tx, ctx, wish)))) return;
    }
  }
  await tx.vmLifetime.update({
    where: { vmId: life.vmId },
    data: { state: life.protected ? "grace" : "deleting", ...again },
    select: { vmId: true },
  });
  await recordExpiry(tx, ctx, life, { step: life.protected ? "kept" : "delete", ...again });
  await tell(tx, life, 0);
}

/** False where the machine's state or a rule does not let it be now; everything else is an error. */
async function submitted(tx: Tx, ctx: Context, submit: () => Promise<unknown>): Promise<boolean> {
  await tx.$executeRaw`SAVEPOINT before_submission`;
  try {
    await submit();
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_submission`;
    logger("lifetimes").info({ code: error.code, requestId: ctx.requestId }, "not yet");
    return false;
  }
}

function recordExpiry(
  tx: Tx,
  ctx: Context,
  life: LockedLifetime,
  details: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, ctx, {
    action: "vm.expire",
    resource: { type: "vm", id: life.vmId, name: life.vmName },
    parent: { type: "system", id: life.systemId },
    environment: life.environment,
    details: { expiresAt: life.expiresAt, ...details },
  });
}

async function tell(tx: Tx, life: LockedLifetime, days: number): Promise<void> {
  await notifyUsers(tx, await listWatchers(tx, life), {
    kind: "VM_EXPIRY",
    resource: { type: "vm", id: life.vmId },
    params: { vm: life.vmName, days },
  });
}
