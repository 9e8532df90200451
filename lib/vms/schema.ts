import { z } from "zod";
import { operationSteps } from "@/lib/vocabulary/event-types";
import { vmMachine } from "./machine";

/** Everything a manifest is rendered from, frozen at approval; later edits of templates and sizes never touch it. */
export const vmBlueprint = z.strictObject({
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("containerdisk"), imageUrl: z.string() }),
    z.strictObject({ type: z.literal("cdi_image_import"), imageUrl: z.string() }),
    z.strictObject({ type: z.literal("cdi_pvc_clone"), pvcNamespace: z.string(), pvcName: z.string() }),
  ]),
  cloudInit: z.string(),
  osFamily: z.string(),
  cpuRequest: z.number(),
  cpuLimit: z.number(),
  memoryRequestGi: z.number(),
  memoryLimitGi: z.number(),
  diskGb: z.number().int(),
  dedicatedCpu: z.boolean(),
  gpuDevices: z.array(z.strictObject({ name: z.string(), count: z.number().int() })),
  hugepagesSize: z.string().nullable(),
  storageClass: z.string().nullable(),
  dvAccessModes: z.array(z.string()),
  dvVolumeMode: z.string().nullable(),
  /** Network attachments as `namespace/name`, one SR-IOV interface each. */
  sriovNetworks: z.array(z.string()).default([]),
  /** Path → value, laid over what is rendered from the rest; checked against schema and forbidden fields. */
  overrides: z.record(z.string(), z.json()).default({}),
  /** The first password's crypt hash, never the password. */
  initialPassword: z.strictObject({ username: z.string(), hash: z.string() }).nullable().default(null),
});
export type VmBlueprint = z.output<typeof vmBlueprint>;

/** What a VM is called and whom it belongs to; all of it ends up in names and labels. */
export const vmIdentity = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  system: z.string(),
  service: z.string(),
  serviceId: z.string(),
  instance: z.string(),
  ticketId: z.string(),
  createdBy: z.string(),
});
export type VmIdentity = z.output<typeof vmIdentity>;

/** How a machine came here; what was not requested has no template, size, ticket or blueprint. */
export const vmOrigin = z.enum(["request", "adopted", "imported"]);
export type VmOrigin = z.output<typeof vmOrigin>;

export const vmRow = z.object({
  id: z.string(),
  name: z.string(),
  origin: vmOrigin,
  namespace: z.string(),
  environment: z.string(),
  status: z.enum(vmMachine.states),
  statusMessage: z.string().nullable(),
  clusterStatus: z.string().nullable(),
  systemId: z.string(),
  systemName: z.string(),
  serviceId: z.string(),
  serviceName: z.string(),
  clusterName: z.string(),
  ip: z.string().nullable(),
  cpuCores: z.number(),
  memoryGi: z.number(),
  diskGb: z.number(),
  statusSince: z.date(),
  observedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type VmRow = z.output<typeof vmRow>;

export const vmDetail = vmRow.extend({
  hostname: z.string(),
  /** Null too for whoever does not see clusters. */
  node: z.string().nullable(),
  isProtected: z.boolean(),
  expiresAt: z.date().nullable(),
  osInfo: z.record(z.string(), z.unknown()).nullable(),
  templateName: z.string().nullable(),
  templateVersion: z.number().nullable(),
  sizeName: z.string().nullable(),
  storageClass: z.string().nullable(),
  restartRequired: z.boolean(),
  /** Of the root disk while the cluster fills it, such as 37.50%. */
  importProgress: z.string().nullable(),
  ticketId: z.string().nullable(),
  clusterStale: z.boolean(),
  createdByName: z.string().nullable(),
  activeOperation: z
    .object({
      eventId: z.string(),
      eventType: z.string(),
      ticketId: z.string().nullable(),
      steps: z.partialRecord(z.enum(operationSteps), z.string()),
      errorMessage: z.string().nullable(),
      startedAt: z.date().nullable(),
      attempt: z.number(),
    })
    .nullable(),
});
export type VmDetail = z.output<typeof vmDetail>;

/** The exact manifest's ingredients and the clusters to ask, each about the storage class it would use. */
export const dryRunQuestion = z.strictObject({
  targets: z
    .array(
      z.strictObject({
        clusterId: z.string(),
        storageClass: z.string().nullable(),
        dvAccessModes: z.array(z.string()).default([]),
        dvVolumeMode: z.string().nullable().default(null),
      }),
    )
    .max(20),
  identity: vmIdentity,
  blueprint: vmBlueprint,
});

export const dryRunVerdict = z.object({
  clusterId: z.string(),
  result: z.enum(["accepted", "refused", "not_checked"]),
  /** False: the namespace will be made at execution, and admission was asked in another one. */
  namespaceExists: z.boolean().nullable(),
  warnings: z.array(z.string()),
  causes: z.array(z.object({ field: z.string(), message: z.string() })),
  message: z.string().nullable(),
});
export type DryRunVerdict = z.output<typeof dryRunVerdict>;
export const dryRunAnswer = z.object({ verdicts: z.array(dryRunVerdict) });

const manifestDifference = z.object({
  path: z.string(),
  /** As the portal would write it. */
  wanted: z.string().nullable(),
  live: z.string().nullable(),
});
export type ManifestDifference = z.output<typeof manifestDifference>;

export const vmManifest = z.object({
  yaml: z.string(),
  /** Who wrote which field, in the cluster's own record. */
  managedFields: z.string().nullable(),
  resourceVersion: z.string().nullable(),
  /** Null for a machine that was not made here. */
  differences: z.array(manifestDifference).nullable(),
});
export type VmManifest = z.output<typeof vmManifest>;
