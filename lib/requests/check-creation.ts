import { checkFieldValues } from "@/lib/catalog/templates/layers/check-field-values";
import { settleFields } from "@/lib/catalog/templates/layers/rules";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { scopeCovers } from "@/lib/vocabulary/environments";
import { blueprintOf, duplicateKeyOfCreation, requireTargetsWithin } from "./rules";
import type { Demand } from "./quotas/schema";
import { demandOf } from "./quotas/rules";
import type { RequestVm } from "./schema";
import { readSize, readTemplate, type LocatedPlace, type Place } from "./store";

type Nowhere = { [Key in "serviceId" | "serviceName" | "namespace" | "environment"]: null };

/** What a submission is about, once it has been found, allowed and checked; only a machine has a place. */
export type Subject = SubjectMatter &
  (Omit<Place, "environmentClass"> | (Nowhere & SystemPlace) | Omit<RoomPlace, "environmentClass">);

interface SystemPlace {
  systemId: string;
  systemName: string;
}

/** Room in an environment, and no machine. */
type RoomPlace = Omit<Nowhere, "environment"> & SystemPlace & Pick<Place, "environment" | "environmentClass">;

interface SubjectMatter {
  resource: { type: string; id: string | null; name: string | null };
  duplicateKey: string;
  templateId: string | null;
  instanceSizeId: string | null;
  /** What it would hold of its System's quota; null where it holds nothing. */
  demand: Demand | null;
  /** The immutable payload of the event. */
  payload: Record<string, unknown>;
}

export type MachineSubject = SubjectMatter & Place;
export type RoomSubject = SubjectMatter & RoomPlace;

/** The checks of spec §5.10 for a new VM: the namespace, the template, the size, the scopes, the bounds. */
export async function checkCreation(
  tx: Tx,
  ctx: Context,
  located: LocatedPlace,
  input: RequestVm,
): Promise<MachineSubject> {
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
  await checkFieldValues(tx, settleFields(template, input.fields ?? {}).overrides);
  return {
    ...place,
    resource: { type: "vm", id: null, name: null },
    duplicateKey: duplicateKeyOfCreation(actorId(ctx.actor), input),
    templateId: template.id,
    instanceSizeId: size.id,
    demand: demandOf(blueprintOf(template, size, input, {})),
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
