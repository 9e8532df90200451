import { authorize } from "@/lib/access/authorize";
import { fieldMasks } from "@/lib/catalog/fields/exposed-fields";
import { findField } from "@/lib/catalog/fields/rules";
import { fieldTiers, type FieldType } from "@/lib/catalog/fields/schema";
import { forbiddenOverrides } from "@/lib/catalog/forbidden-fields";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readNewestFields } from "./read-newest-fields";
import { diskKey, isAskable, isHardware } from "./rules";
import type { FieldLayer } from "../schema";

/** A field the editor may put into a layer, or give a default. */
export interface LayerField {
  key: string;
  /** Where the editor shows it at first. */
  layer: FieldLayer;
  type: FieldType;
  options: string[];
  description: string;
  /** Whether a requester can be asked for it; what is no single word can only have a default. */
  isAskable: boolean;
}

const disk: LayerField = {
  ...{ key: diskKey, layer: "quick", type: "integer", options: [], isAskable: true },
  description: "Size of the root disk in gibibytes, within the size's own range.",
};

/** What a template's layers can be made of: the disk, and the masked fields that are neither hardware nor the portal's own. */
export async function listLayerFields(ctx: Context): Promise<LayerField[]> {
  await authorize(db(), ctx, "template:read");
  const { root } = await readNewestFields(db());
  const masked = fieldTiers.flatMap((layer) => fieldMasks.template[layer].map((key) => ({ key, layer })));
  const allowed = [...masked, ...beside].filter(
    ({ key }) => !isHardware(key) && forbiddenOverrides({ [key]: null }).length === 0,
  );
  const fields = allowed.flatMap(({ key, layer }): LayerField[] => {
    const node = findField(root, key);
    if (node === null) return [];
    const { type, description, options = [] } = node;
    return [{ key, layer, type, options, description, isAskable: isAskable(node) }];
  });
  return [disk, ...fields];
}

/** Fields of the machine's running that the mask shows beside hardware. */
const beside: { key: string; layer: FieldLayer }[] = [
  { key: "spec.template.spec.evictionStrategy", layer: "advanced" },
];
