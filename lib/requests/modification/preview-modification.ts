import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { requireFitting } from "@/lib/vms/machine";
import { readModifiedVm } from "@/lib/vms/modification/find-modified-vm";
import type { ModificationWish, PlanAnswer } from "@/lib/vms/modification/schema";
import { decideByPolicy } from "../policies/queries";
import { listEligibleApprovers } from "../queries";
import { placeOfVm, type PlacedVm } from "../store";
import { askPlan } from "./check-change";
import { demandOfWish } from "./check-modification";
import { makeWish } from "./make-wish";
import type { ModificationPreview, PreviewModification } from "./schema";

/** What a change would take, field by field, what the cluster says of it, and who would decide. */
export async function previewModification(
  ctx: Context,
  input: PreviewModification,
): Promise<ModificationPreview> {
  const place = await requireModifiable(ctx, input.vmId);
  requireFitting(place.status, "MODIFY_VM");
  const vm = await readModifiedVm(db(), place.vmId);
  const { wish, unreachable } = await makeWish(db(), { vm, place }, input);
  const policy = await decideByPolicy(db(), {
    operation: "MODIFY_VM",
    requesterId: actorId(ctx.actor),
    ...place,
    demand: demandOfWish(vm, wish),
  });
  const { rows, check, readAt } = await planOrReason(ctx, vm.id, wish);
  const { effect, policyName } = policy;
  const approvers = effect === "ask" ? await listEligibleApprovers(ctx, place) : [];
  return { rows, check, readAt, unreachable, approval: { effect, policyName, approvers } };
}

/** Whoever may ask for the change may see what it would take; a machine one may not see is not there. */
export async function requireModifiable(ctx: Context, vmId: string): Promise<PlacedVm> {
  const place = await placeOfVm(db(), vmId);
  const { systemId, serviceId, environment } = place;
  await authorize(db(), ctx, "vm:create", { systemId, serviceId, environment, vmId, role: "member" }).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND")
        throw new AppError("VM_NOT_FOUND");
      throw error;
    },
  );
  return place;
}

/** A cluster that cannot be reached takes nothing from the request: it says "not checked, because …" (spec §0.4). */
async function planOrReason(
  ctx: Context,
  vmId: string,
  wish: ModificationWish,
): Promise<Pick<PlanAnswer, "rows" | "check"> & { readAt: Date | null }> {
  try {
    return await askPlan(ctx, vmId, wish);
  } catch (error) {
    if (!(error instanceof AppError) || error.status < 500) throw error;
    const words = error.params["message"];
    const message = typeof words === "string" ? words : error.code;
    return { rows: [], check: { result: "not_checked", message, causes: [] }, readAt: null };
  }
}
