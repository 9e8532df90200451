import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { lockVm } from "../lock-vm";
import { readModifiedVm, type ModifiedVm } from "./find-modified-vm";
import { recordRevision } from "./record-revision";
import { drift, type AcceptDrift, type DriftRow } from "./schema";
import { asColumn } from "./store";

/**
 * What somebody has changed in the cluster is what is wanted from now on; nothing is sent there.
 * @throws INVALID_STATE where nothing differs, or while an operation is under way
 */
export async function acceptDrift(ctx: Context, { vmId, reason }: AcceptDrift): Promise<void> {
  await inTransaction(async (tx) => {
    const locked = await lockVm(tx, vmId);
    const { systemId, serviceId, environment } = locked;
    await authorize(tx, ctx, "vm:create", { systemId, serviceId, environment, vmId, role: "member" }).catch(
      asUnknownVm,
    );
    if (locked.activeEventId !== null)
      throw new AppError("INVALID_STATE", { object: "vm", state: "busy", move: "accept" });
    const rows = await readDrift(tx, vmId);
    const vm = withLive(await readModifiedVm(tx, vmId), rows);
    await writeAccepted(tx, vm);
    const actor = { id: actorId(ctx.actor), name: shownName(ctx.actor) };
    const revision = await recordRevision(tx, { vm, kind: "accepted", reason, ticketId: null, actor });
    await recordAudit(tx, ctx, {
      action: "vm.modify",
      resource: { type: "vm", id: vm.id, name: vm.name },
      parent: { type: "system", id: systemId },
      environment,
      details: { accepted: rows, revision, reason },
    });
  });
}

/** A VM one may not see answers like one that does not exist. */
function asUnknownVm(error: unknown): never {
  if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND") throw new AppError("VM_NOT_FOUND");
  throw error;
}

async function readDrift(tx: Tx, vmId: string): Promise<DriftRow[]> {
  const row = await tx.vmLiveSpec.findUnique({ where: { vmId }, select: { drift: true } });
  const rows = drift.parse(row?.drift ?? []);
  if (rows.length === 0)
    throw new AppError("INVALID_STATE", { object: "drift", state: "none", move: "accept" });
  return rows;
}

function withLive(vm: ModifiedVm, rows: DriftRow[]): ModifiedVm {
  const live = new Map(rows.map((row) => [row.field, row.live]));
  const amount = (field: string, before: number) => {
    const value = live.get(field);
    return typeof value === "number" ? value : before;
  };
  const { blueprint } = vm;
  const cpuCores = amount("cpuCores", blueprint?.cpuLimit ?? vm.cpuCores);
  const memoryGi = amount("memoryGi", blueprint?.memoryLimitGi ?? vm.memoryGi);
  const diskGb = amount("diskGb", blueprint?.diskGb ?? vm.diskGb);
  if (blueprint === null) return { ...vm, cpuCores, memoryGi, diskGb };
  const overrides = Object.entries(blueprint.overrides).flatMap(([path, value]) => {
    const becomes = live.has(path) ? (live.get(path) ?? null) : value;
    return becomes === null ? [] : [[path, becomes] as const];
  });
  return {
    ...{ ...vm, cpuCores, memoryGi, diskGb },
    blueprint: {
      ...blueprint,
      ...{ cpuLimit: cpuCores, memoryLimitGi: memoryGi, diskGb },
      cpuRequest: Math.min(blueprint.cpuRequest, cpuCores),
      memoryRequestGi: Math.min(blueprint.memoryRequestGi, memoryGi),
      overrides: Object.fromEntries(overrides),
    },
  };
}

async function writeAccepted(tx: Tx, vm: ModifiedVm): Promise<void> {
  const { cpuCores, memoryGi, diskGb, blueprint } = vm;
  await tx.vm.update({
    where: { id: vm.id },
    data: { cpuCores, memoryGi, diskGb, ...(blueprint === null ? {} : { blueprint: asColumn(blueprint) }) },
    select: { id: true },
  });
  await tx.vmLiveSpec.update({
    where: { vmId: vm.id },
    data: { drift: Prisma.DbNull, driftSince: null },
    select: { vmId: true },
  });
}
