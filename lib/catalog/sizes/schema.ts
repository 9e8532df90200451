import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { catalogScopes } from "@/lib/vocabulary/environments";

const sizeName = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);

const halfSteps = z.number().min(0.5).max(512).multipleOf(0.5);
const diskGb = z.number().int().min(1).max(65_536);

export const hugepagesSizes = ["2Mi", "1Gi"] as const;
export const accessModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"] as const;
export const volumeModes = ["Block", "Filesystem"] as const;

const gpuDevice = z.strictObject({
  name: z
    .string()
    .max(120)
    .regex(
      /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
      "invalid_device",
    ),
  count: z.number().int().min(1).max(16),
});
export type GpuDevice = z.output<typeof gpuDevice>;

/** `namespace/name` of a network attachment. */
const sriovNetwork = z
  .string()
  .max(127)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, "invalid_network");

export type Json = z.core.util.JSONType;

/** Deeper than any field of KubeVirt; what is deeper still would outgrow every walk over it. */
const deepestJson = 40;

/** Plain JSON of bounded depth. Unlike zod's own, it is described as anything and needs no reference to itself. */
export const plainJson = z.custom<Json>(isPlainJson, "not_json");

/** Breadth first, so that no depth can exhaust the stack. */
function isPlainJson(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestJson || !level.every(isJsonPart)) return false;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return true;
}

function isJsonPart(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null)
    return ["string", "boolean", "object"].includes(typeof value);
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

const overridesMax = 100;
const overridePath = z.string().max(300);

/** Values by path of the virtual machine; every path starts with `spec.`. */
export const specOverrides = z
  .record(overridePath, plainJson)
  .refine((overrides) => Object.keys(overrides).length <= overridesMax, "too_many");
export type SpecOverrides = z.output<typeof specOverrides>;

/** What a size says. The four that overrides may say as well are derived from them where they are not given. */
const members = {
  displayName: z.string().trim().min(1).max(100),
  description: z.string().max(2000),
  cpuCores: halfSteps,
  cpuRequest: halfSteps.nullable(),
  memoryGi: halfSteps,
  memoryRequestGi: halfSteps.nullable(),
  defaultDiskGb: diskGb,
  minDiskGb: diskGb,
  maxDiskGb: diskGb,
  dedicatedCpu: z.boolean(),
  gpuDevices: z.array(gpuDevice).max(4),
  sriovNetworks: z.array(sriovNetwork).max(8),
  hugepagesSize: z.enum(hugepagesSizes).nullable(),
  dvAccessModes: z.array(z.enum(accessModes)).max(4),
  dvVolumeMode: z.enum(volumeModes).nullable(),
  specOverrides,
  catalogScope: z.enum(catalogScopes),
  /** What it costs, in the company's own words; approval workflows may look at it. */
  costClass: z.string().trim().min(1).max(40).nullable(),
  sortOrder: z.number().int().min(0).max(10_000),
  enabled: z.boolean(),
};

export const createSizeInput = z.strictObject({
  ...members,
  name: sizeName,
  description: members.description.default(""),
  cpuRequest: members.cpuRequest.default(null),
  memoryRequestGi: members.memoryRequestGi.default(null),
  defaultDiskGb: diskGb.default(100),
  minDiskGb: diskGb.default(50),
  maxDiskGb: diskGb.default(500),
  dedicatedCpu: members.dedicatedCpu.optional(),
  gpuDevices: members.gpuDevices.optional(),
  sriovNetworks: members.sriovNetworks.optional(),
  hugepagesSize: members.hugepagesSize.optional(),
  dvAccessModes: members.dvAccessModes.default([]),
  dvVolumeMode: members.dvVolumeMode.default(null),
  specOverrides: specOverrides.default({}),
  catalogScope: members.catalogScope.default("unclassified"),
  costClass: members.costClass.default(null),
  sortOrder: members.sortOrder.default(0),
  enabled: members.enabled.default(true),
});
export type CreateSize = z.output<typeof createSizeInput>;

/** A size as it is stored: its hardware is said in full. */
export type WholeSize = Omit<
  CreateSize,
  "dedicatedCpu" | "gpuDevices" | "sriovNetworks" | "hugepagesSize"
> & {
  dedicatedCpu: boolean;
  gpuDevices: GpuDevice[];
  sriovNetworks: string[];
  hugepagesSize: (typeof hugepagesSizes)[number] | null;
};

/** The version that was read; whoever saves over a newer one is told. */
const version = z.coerce.number().int().min(1);

/** Members that are absent stay as they are. */
export const updateSizeInput = z.strictObject(members).partial().extend({ name: sizeName, version });
export type UpdateSize = z.output<typeof updateSizeInput>;

export const deprecateSizeInput = z.strictObject({
  name: sizeName,
  version: version.optional(),
  /** What people who use it should choose instead. */
  message: z.string().trim().max(500).default(""),
});
export type DeprecateSize = z.output<typeof deprecateSizeInput>;

export const restoreSizeInput = z.strictObject({ name: sizeName, version: version.optional() });
export type RestoreSize = z.output<typeof restoreSizeInput>;

export const removeSizeInput = z.strictObject({
  name: sizeName,
  confirmName: z.string().max(100).optional(),
});
export type RemoveSize = z.output<typeof removeSizeInput>;

export const sizeSorts = ["order", "name", "cpu", "memory"] as const;
export const sizeStates = ["offered", "disabled", "deprecated"] as const;

export const sizeHardware = ["gpu", "dedicated", "hugepages", "sriov"] as const;

export const sizeFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  catalogScope: z.enum(catalogScopes).optional(),
  state: z.enum(sizeStates).optional(),
  hardware: z.enum(sizeHardware).optional(),
  sortBy: z.enum(sizeSorts).default("order"),
  sortOrder: z.enum(["asc", "desc"]).default("asc"),
});
export type SizeFilter = z.output<typeof sizeFilter>;

/** What whoever asks for a machine sees; never the overrides. */
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
export type SizeRow = z.output<typeof sizeRow>;

/** A row of the administrators' list. */
export const sizeListRow = sizeRow.extend({
  cpuRequest: z.number().nullable(),
  memoryRequestGi: z.number().nullable(),
  requiresSriov: z.boolean(),
  sriovNetworks: z.array(z.string()),
  enabled: z.boolean(),
  deprecationMessage: z.string().nullable(),
  overrideCount: z.number(),
  version: z.number(),
  updatedAt: z.date(),
  /** Machines that were made of it and still exist. */
  vmCount: z.number(),
  /** Requests for it that are not over. */
  pendingCount: z.number(),
});
export type SizeListRow = z.output<typeof sizeListRow>;
export const sizePage = pageOf(sizeListRow);

export const sizeHistoryRow = z.object({
  id: z.string(),
  action: z.string(),
  at: z.date(),
  actorName: z.string().nullable(),
  /** Null where the record says none. */
  version: z.number().nullable(),
  /** Member by member, as it was and as it became. */
  changes: z.array(z.object({ member: z.string(), before: plainJson, after: plainJson })),
});
export type SizeHistoryRow = z.output<typeof sizeHistoryRow>;

export const sizeDetail = sizeListRow.extend({
  costClass: z.string().nullable(),
  dvAccessModes: z.array(z.enum(accessModes)),
  dvVolumeMode: z.enum(volumeModes).nullable(),
  specOverrides: z.record(z.string(), plainJson),
  createdAt: z.date(),
  createdByName: z.string().nullable(),
  updatedByName: z.string().nullable(),
  /** Newest first, the last fifty. */
  history: z.array(sizeHistoryRow),
});
export type SizeDetail = z.output<typeof sizeDetail>;

export const createdSize = z.object({ id: z.string(), name: z.string(), version: z.number() });
export type CreatedSize = z.output<typeof createdSize>;

export const sizeWarning = z.object({
  code: z.enum(["OVERCOMMIT_IN_PROD"]),
  params: z.record(z.string(), plainJson),
});
export type SizeWarning = z.output<typeof sizeWarning>;
