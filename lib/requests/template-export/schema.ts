import { z } from "zod";
import { requestVmInput } from "../schema";

/** Which size, and within it how much: as a request for a machine says it. */
export const exportQuery = z.strictObject({
  /** The size's name or id. */
  size: z.string().min(1).max(64),
  ...requestVmInput.pick({ targetCpuCores: true, targetMemoryGi: true, targetDiskGb: true }).shape,
});

export const exportFormats = ["yaml", "helm"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportTemplateInput = exportQuery.extend({
  templateId: z.string().min(1).max(64),
  format: z.enum(exportFormats),
});
export type ExportTemplate = z.output<typeof exportTemplateInput>;

/** A file to take away. */
export interface ExportedFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}
