import { readNewestFields } from "@/lib/catalog/templates/layers/read-newest-fields";
import { diskKey, offeredFields } from "@/lib/catalog/templates/layers/rules";
import type { OfferedField } from "@/lib/catalog/templates/schema";
import { listOfferedSizes } from "@/lib/catalog/sizes/queries";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { isFitting } from "@/lib/vms/machine";
import { readModifiedVm, type ModifiedVm } from "@/lib/vms/modification/find-modified-vm";
import { readSize, readTemplate } from "../store";
import { findGrowable } from "./settle-disks";
import { requireModifiable } from "./preview-modification";
import { frameOf } from "./rules";
import type { ModifyContext } from "./schema";

/** What the form of a change starts from: the machine, how far it may go, and what else may be set. */
export async function readModifyContext(ctx: Context, vmId: string): Promise<ModifyContext> {
  const place = await requireModifiable(ctx, vmId);
  const vm = await readModifiedVm(db(), vmId);
  const [size, fields, sizes, pendingTicketId, restartRequired, disks] = await Promise.all([
    vm.instanceSizeId === null ? null : readSize(db(), vm.instanceSizeId).catch(unknownAsNull),
    readOfferedFields(vm),
    vm.blueprint === null ? [] : listOfferedSizes(ctx, place.environmentClass),
    findPending(vmId),
    readRestartRequired(vmId),
    findGrowable(db(), vmId),
  ]);
  const { id, name, status, origin, cpuCores, memoryGi, diskGb, instanceSizeId } = vm;
  return {
    vm: { id, name, status, origin, cpuCores, memoryGi, diskGb, instanceSizeId, restartRequired },
    bounds: frameOf(vm, size),
    sizes: sizes.map((one) => ({
      id: one.id,
      displayName: one.displayName,
      cpuCores: one.cpuCores,
      memoryGi: one.memoryGi,
      minDiskGb: one.minDiskGb,
      maxDiskGb: one.maxDiskGb,
    })),
    disks,
    fields,
    pendingTicketId,
    isChangeable: pendingTicketId === null && isFitting(status, "MODIFY_VM"),
  };
}

/** With what the machine has now in the place of the template's default. */
async function readOfferedFields(vm: ModifiedVm): Promise<OfferedField[]> {
  const { templateId, templateVersion, blueprint } = vm;
  if (templateId === null || blueprint === null) return [];
  const template = await readTemplate(db(), templateId, templateVersion ?? undefined).catch(unknownAsNull);
  if (template === null) return [];
  const { root } = await readNewestFields(db());
  return offeredFields(template, root)
    .filter(({ key }) => key !== diskKey)
    .map((field) => ({ ...field, default: blueprint.overrides[field.key] ?? null }));
}

async function findPending(vmId: string): Promise<string | null> {
  const ticket = await db().approvalTicket.findFirst({
    where: { resourceId: vmId, operation: "MODIFY_VM", status: { in: ["PENDING", "APPROVED", "EXECUTING"] } },
    select: { id: true },
  });
  return ticket?.id ?? null;
}

async function readRestartRequired(vmId: string): Promise<boolean> {
  const vm = await db().vm.findUnique({ where: { id: vmId }, select: { restartRequired: true } });
  return vm?.restartRequired ?? false;
}

/** What a machine was made of may be gone from the catalogue. */
function unknownAsNull(error: unknown): null {
  if (error instanceof AppError && error.status === 404) return null;
  throw error;
}
