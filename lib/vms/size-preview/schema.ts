import { z } from "zod";
import { createSizeInput, plainJson, sizeWarning, updateSizeInput } from "@/lib/catalog/sizes/schema";
import { dryRunVerdict } from "../schema";

const target = {
  /** The cluster whose admission is asked; none is asked without it. */
  clusterId: z.string().max(64).nullable().default(null),
  /** The operating system it is shown with; a plain one without it. */
  templateId: z.string().max(64).optional(),
};

export const previewSizeInput = z.strictObject({ size: createSizeInput, ...target });
export type PreviewSize = z.output<typeof previewSizeInput>;

export const previewSizeChangeInput = z.strictObject({ change: updateSizeInput, ...target });
export type PreviewSizeChange = z.output<typeof previewSizeChangeInput>;

const explained = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) });

/** What is wrong, at the field it is wrong at. */
const sizeProblem = z.object({
  /** The error code that saving would answer with. */
  code: z.string(),
  /** A member of the size, `specOverrides.<path>` for an override; null where it is the whole. */
  field: z.string().nullable(),
  /** Why this field; null where `code` says it all. */
  reason: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
});

export const sizePreview = z.object({
  valid: z.boolean(),
  problems: z.array(sizeProblem),
  warnings: z.array(sizeWarning),
  /** What the overrides and the size say together; null while it contradicts itself. */
  derived: z
    .object({
      dedicatedCpu: z.boolean(),
      requiresGpu: z.boolean(),
      gpuDevices: z.array(z.object({ name: z.string(), count: z.number() })),
      requiresSriov: z.boolean(),
      sriovNetworks: z.array(z.string()),
      requiresHugepages: z.boolean(),
      hugepagesSize: z.string().nullable(),
    })
    .nullable(),
  /** The machine of a made-up service. */
  renderedYaml: z.string().nullable(),
  renderedPreview: z.record(z.string(), plainJson).nullable(),
  compatibleClusters: z.array(
    z.object({
      clusterId: z.string(),
      name: z.string(),
      displayName: z.string(),
      environment: z.string(),
      environmentName: z.string(),
      kubevirtMinor: z.string().nullable(),
      eligible: z.boolean(),
      exclusions: z.array(explained),
      warnings: z.array(explained),
    }),
  ),
  /** What the wanted cluster's admission says; null where none was asked. */
  clusterValidation: dryRunVerdict
    .extend({
      kubevirtVersion: z.string().nullable(),
      /** Why nobody could ask it, such as WORKER_SILENT. */
      notChecked: z.string().nullable(),
    })
    .nullable(),
});
export type SizePreview = z.output<typeof sizePreview>;

/** How a program asks for the preview instead of the writing. */
export const sizeDryRun = z.strictObject({
  dryRun: z.literal("All").optional(),
  targetCluster: z.string().max(64).optional(),
  /** A template's id: the operating system it is shown with. */
  template: z.string().max(64).optional(),
});
