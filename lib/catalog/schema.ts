import { z } from "zod";
import { catalogScopes } from "@/lib/vocabulary/environments";

const templateName = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);

export const sourceTypes = ["containerdisk", "cdi_image_import", "cdi_pvc_clone"] as const;

export const createTemplateInput = z.strictObject({
  name: templateName,
  displayName: z.string().min(1).max(100),
  description: z.string().max(2000).default(""),
  category: z.string().max(60).default(""),
  sourceType: z.enum(["containerdisk", "cdi_image_import"]),
  imageUrl: z.string().min(1).max(500),
  cloudInit: z.string().max(32_000).default(""),
  osFamily: z.enum(["linux", "windows"]).default("linux"),
  osVersion: z.string().max(60).default(""),
  catalogScope: z.enum(catalogScopes).default("unclassified"),
});

const halfSteps = z.number().min(0.5).max(512).multipleOf(0.5);

export const createSizeInput = z.strictObject({
  name: templateName,
  displayName: z.string().min(1).max(100),
  description: z.string().max(2000).default(""),
  cpuCores: halfSteps,
  cpuRequest: halfSteps.nullable().default(null),
  memoryGi: halfSteps,
  memoryRequestGi: halfSteps.nullable().default(null),
  defaultDiskGb: z.number().int().min(1).max(65_536).default(100),
  minDiskGb: z.number().int().min(1).max(65_536).default(50),
  maxDiskGb: z.number().int().min(1).max(65_536).default(500),
  dedicatedCpu: z.boolean().default(false),
  gpuDevices: z
    .array(z.strictObject({ name: z.string().min(1).max(120), count: z.number().int().min(1).max(16) }))
    .max(4)
    .default([]),
  hugepagesSize: z.enum(["2Mi", "1Gi"]).nullable().default(null),
  catalogScope: z.enum(catalogScopes).default("unclassified"),
  sortOrder: z.number().int().min(0).max(10_000).default(0),
});

export const templateRow = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  status: z.string(),
  displayName: z.string(),
  description: z.string(),
  category: z.string(),
  sourceType: z.enum(sourceTypes),
  osFamily: z.string(),
  osVersion: z.string(),
  catalogScope: z.enum(catalogScopes),
  createdAt: z.date(),
});

export const sizeRow = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  cpuCores: z.number(),
  memoryGi: z.number(),
  defaultDiskGb: z.number(),
  minDiskGb: z.number(),
  maxDiskGb: z.number(),
  dedicatedCpu: z.boolean(),
  requiresGpu: z.boolean(),
  gpuDevices: z.array(z.object({ name: z.string(), count: z.number() })),
  hugepagesSize: z.string().nullable(),
  catalogScope: z.enum(catalogScopes),
  sortOrder: z.number(),
  deprecatedAt: z.date().nullable(),
});

export type CreateTemplate = z.output<typeof createTemplateInput>;
export type CreateSize = z.output<typeof createSizeInput>;
export type TemplateRow = z.output<typeof templateRow>;
export type SizeRow = z.output<typeof sizeRow>;
