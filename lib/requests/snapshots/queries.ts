import { isAuthorized } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readSnapshotAbility } from "@/lib/snapshots/queries";
import { vmBlueprint } from "@/lib/vms/schema";
import { z } from "zod";
import { decideByPolicy } from "../policies/queries";
import { demandOf } from "../quotas/rules";
import { placeOfVm, type PlacedVm } from "../store";
import type { SnapshotContext } from "./schema";

const waitingMax = 20;
const labelled = z.looseObject({ label: z.string() });

/** What a page of a machine's snapshots starts from; VM_NOT_FOUND for whoever may not see it. */
export async function readSnapshotContext(ctx: Context, vmId: string): Promise<SnapshotContext> {
  const ability = await readSnapshotAbility(ctx, vmId);
  const vm = await placeOfVm(db(), vmId);
  const { systemId, serviceId, environment } = vm;
  const scope = { systemId, serviceId, environment, vmId, role: "member" as const };
  const [mayOperate, mayClone, take, restore, clone, waiting] = await Promise.all([
    isAuthorized(db(), ctx, "vm:operate", scope),
    isAuthorized(db(), ctx, "vm:create", scope),
    effectOf(ctx, vm, "CREATE_SNAPSHOT"),
    effectOf(ctx, vm, "RESTORE_SNAPSHOT"),
    effectOf(ctx, vm, "CLONE_VM"),
    listWaiting(vmId),
  ]);
  return { ability, mayOperate, mayClone, take, restore, clone, waiting };
}

type Wished = "CREATE_SNAPSHOT" | "RESTORE_SNAPSHOT" | "CLONE_VM";

async function effectOf(ctx: Context, vm: PlacedVm, operation: Wished) {
  const demand = operation === "CLONE_VM" ? await readDemand(vm.vmId) : null;
  const question = { operation, requesterId: actorId(ctx.actor), ...vm, demand };
  return (await decideByPolicy(db(), question)).effect;
}

/** A copy is as large as its source; null for what was found in a cluster, which has no copies. */
async function readDemand(vmId: string) {
  const row = await db().vm.findUnique({ where: { id: vmId }, select: { blueprint: true } });
  const blueprint = vmBlueprint.safeParse(row?.blueprint);
  return blueprint.success ? demandOf(blueprint.data) : null;
}

async function listWaiting(vmId: string): Promise<SnapshotContext["waiting"]> {
  const rows = await db().approvalTicket.findMany({
    where: {
      resourceId: vmId,
      operation: { in: ["CREATE_SNAPSHOT", "RESTORE_SNAPSHOT"] },
      status: "PENDING",
    },
    orderBy: { createdAt: "desc" },
    take: waitingMax,
    select: { id: true, operation: true, requestParams: true },
  });
  return rows.map(({ id, operation, requestParams }) => {
    const read = labelled.safeParse(requestParams);
    return { ticketId: id, operation, label: read.success ? read.data.label : null };
  });
}
