import type { FieldLayer, TemplateContent } from "@/lib/catalog/templates/schema";

/** As the schema has them; a list of its own, so that the editor does without the schema's parser. */
export const osFamilies = ["linux", "windows"] as const satisfies readonly TemplateContent["osFamily"][];
export const sourceTypes = [
  "containerdisk",
  "cdi_image_import",
  "cdi_pvc_clone",
] as const satisfies readonly TemplateContent["sourceType"][];
export const fieldLayers = ["quick", "advanced", "professional"] as const satisfies readonly FieldLayer[];
