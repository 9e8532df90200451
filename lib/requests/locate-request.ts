import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { scopeCovers } from "@/lib/vocabulary/environments";
import { requireFitting } from "@/lib/vms/machine";
import { duplicateKeyOfCreation, requireTargetsWithin } from "./rules";
import type { RequestVm, SubmitRequest } from "./schema";
import { readSize, readTemplate, type LocatedPlace, type Place, type PlacedVm } from "./store";

/** What a submission is about, once it has been found, allowed and checked. */
export interface Subject extends Place {
  resource: { type: string; id: string | null; name: string | null };
  duplicateKey: string;
  templateId: string | null;
  instanceSizeId: string | null;
  /** The immutable payload of the event. */
  payload: Record<string, unknown>;
}

export type VmSubmission = Exclude<SubmitRequest, { operation: "CREATE_VM" }>;

/** The checks of spec §5.10 for a new VM: the namespace, the template, the size, the scopes, the bounds. */
export async function checkCreation(
  tx: Tx,
  ctx: Context,
  located: LocatedPlace,
  input: RequestVm,
): Promise<Subject> {
  const place = requireNamespace(located);
  const template = await readTemplate(tx, input.templateId);
  const size = await readSize(tx, input.instanceSizeId);
  if (template.status !== "active" || !template.enabled) {
    throw new AppError("INVALID_STATE", { object: "template", state: template.status, move: "request" });
  }
  if (!size.enabled || size.deprecatedAt !== null) {
    throw new AppError("INVALID_STATE", { object: "instance_size", state: "deprecated", move: "request" });
  }
  for (const [kind, scope] of [
    ["template", template.catalogScope],
    ["instance_size", size.catalogScope],
  ] as const) {
    if (scopeCovers(scope, place.environmentClass)) continue;
    throw new AppError("CATALOG_SCOPE_MISMATCH", { kind, scope, environment: place.environment });
  }
  requireTargetsWithin(size, input);
  return {
    ...place,
    resource: { type: "vm", id: null, name: null },
    duplicateKey: duplicateKeyOfCreation(actorId(ctx.actor), input),
    templateId: template.id,
    instanceSizeId: size.id,
    payload: { ...input, templateVersion: template.version },
  };
}

function requireNamespace(located: LocatedPlace): Place {
  const { namespace, environment, environmentClass } = located;
  if (namespace === null || environment === null || environmentClass === null) {
    throw fieldRefused("namespace", "not_found");
  }
  return { ...located, namespace, environment, environmentClass };
}

/** An operation on a VM must fit its state now; it is checked again when it starts. */
export async function checkOnVm(ctx: Context, vm: PlacedVm, input: VmSubmission): Promise<Subject> {
  requireFitting(vm.status, input.operation);
  if (input.operation === "DELETE_VM") await confirmVmDeletion(ctx, vm, input);
  return {
    ...vm,
    resource: { type: "vm", id: vm.vmId, name: vm.vmName },
    duplicateKey: `vm/${vm.vmId}/${input.operation}`,
    templateId: null,
    instanceSizeId: null,
    payload: {
      vmId: vm.vmId,
      vmiUid: vm.vmiUid,
      reason: input.reason,
      ...(input.operation === "VNC_ACCESS" ? { minutes: input.minutes } : {}),
    },
  };
}

/** Production wants the name typed, test a plain yes (spec §5.15). */
function confirmVmDeletion(
  ctx: Context,
  vm: PlacedVm,
  input: Extract<VmSubmission, { operation: "DELETE_VM" }>,
): Promise<void> {
  return confirmDeletion(ctx, {
    entity: { type: "vm", id: vm.vmId, name: vm.vmName },
    environment: vm.environment,
    provided: vm.environmentClass === "prod" ? input.confirmName : (input.confirmName ?? input.confirm),
  });
}
