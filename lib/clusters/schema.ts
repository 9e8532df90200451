import { z } from "zod";
import { nameLengthMax, namePattern } from "@/lib/core/names";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { partsReadAt } from "./capacity/schema";
import { clusterMachine } from "./machine";
import { missingPermission } from "./permissions/schema";

const name = z.string().max(nameLengthMax).regex(namePattern, "invalid_name");
const displayName = z.string().trim().min(1).max(100);
const kubeconfig = z
  .string()
  .min(1)
  .max(256 * 1024);
const weight = z.number().int().min(0).max(1000);
const clusterId = z.string().max(64);
const objectName = z.string().min(1).max(253);

export const clusterPolicy = z.strictObject({
  allowCpuOvercommit: z.boolean(),
  allowMemoryOvercommit: z.boolean(),
  allowDedicatedCpu: z.boolean(),
  allowGpu: z.boolean(),
  allowSriov: z.boolean(),
  allowHugepages: z.boolean(),
  allowCdiClone: z.boolean(),
  allowedHugepagesSizes: z.array(z.enum(["2Mi", "1Gi"])).max(2),
  allowedCloneSourceNamespaces: z.array(objectName).max(100),
  allowedStorageClasses: z.array(objectName).max(100),
});
export const registerClusterInput = z.strictObject({
  name: z.string().max(60).regex(namePattern, "invalid_name"),
  displayName,
  environment: z.string().max(60),
  kubeconfig,
  schedulingWeight: weight.default(100),
  /** open: refuses nothing; guarded: what `policy` says; none: nothing is ever placed here. Absent: open. */
  placement: z.enum(["open", "guarded", "none"]).optional(),
  policy: clusterPolicy.optional(),
  /** Stands if the first look finds it; else the cluster's own default does. */
  defaultStorageClass: objectName.optional(),
});
export const previewKubeconfigInput = z.strictObject({ kubeconfig });
export const rotateCredentialsInput = z.strictObject({ clusterId, kubeconfig });
export const detectClusterInput = z.strictObject({ clusterId });
export const removeClusterInput = z.strictObject({ clusterId, confirmName: z.string().max(100).optional() });

/** Absent members stay as they are; `version` is the one that was read, so that nobody's change is lost. */
export const updateClusterInput = z.strictObject({
  clusterId,
  version: z.number().int(),
  displayName: displayName.optional(),
  schedulingWeight: weight.optional(),
  enabled: z.boolean().optional(),
  maintenance: z.boolean().optional(),
  /** Null leaves it to what the cluster's own importer says. */
  uploadProxyUrl: z.string().trim().max(500).nullable().optional(),
  uploadProxyCa: z
    .string()
    .max(64 * 1024)
    .nullable()
    .optional(),
});
export const chooseStorageClassInput = z.strictObject({ clusterId, storageClass: objectName });

export const setClusterPolicyInput = clusterPolicy.extend({ clusterId });

const description = z.string().max(512);
const personId = z.string().max(64);
export const createNamespaceInput = z.strictObject({
  name,
  environment: z.string().max(60),
  description: description.default(""),
  ownerId: personId.nullable().optional(),
});
export const updateNamespaceInput = z.strictObject({
  namespaceId: z.string().max(64),
  description: description.optional(),
  enabled: z.boolean().optional(),
  /** Null: nobody answers for it. */
  ownerId: personId.nullable().optional(),
});
export const removeNamespaceInput = z.strictObject({
  namespaceId: z.string().max(64),
  confirmName: z.string().max(100).optional(),
});

export const clusterFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  environment: z.string().max(60).optional(),
  status: z.enum(clusterMachine.states).optional(),
});
export const namespaceFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  environment: z.string().max(60).optional(),
});

/** What a kubeconfig says, without its secrets. */
export const connectionPreview = z.object({
  server: z.string(),
  contextName: z.string(),
  authKind: z.enum(["token", "certificate"]),
  caFingerprint: z.string(),
  caSubject: z.string(),
  caExpiresAt: z.coerce.date(),
  expiresAt: z.coerce.date().nullable(),
});

/** What the last look at the cluster found, as it is stored. */
export const storedCapabilities = z.object({
  gpuDevices: z.array(
    z.object({ resource: z.string(), capacity: z.number(), allocatable: z.number(), permitted: z.boolean() }),
  ),
  hugepages: z.array(z.object({ size: z.string(), capacityBytes: z.number(), allocatableBytes: z.number() })),
  sriovNetworks: z.array(
    z.object({ namespace: z.string(), name: z.string(), resource: z.string().optional() }),
  ),
  nodes: z.array(
    z.object({
      name: z.string(),
      ready: z.boolean(),
      schedulable: z.boolean(),
      cpuCores: z.number(),
      memoryBytes: z.number(),
      devices: z.record(z.string(), z.number()).exactOptional(),
      hugepagesBytes: z.record(z.string(), z.number()).exactOptional(),
      cpuManager: z.boolean().exactOptional(),
    }),
  ),
  cdi: z.boolean(),
  cdiVersion: z.string().nullable().exactOptional(),
  clusterUid: z.string().nullable().exactOptional(),
  kubevirtPhase: z.string().nullable().exactOptional(),
  snapshots: z.boolean(),
  /** What could not be read, and why, in the cluster's words. */
  partial: z.array(z.string()),
});

export const storageClass = z.object({
  name: z.string(),
  isDefault: z.boolean(),
  isVirtualizationDefault: z.boolean(),
  provisioner: z.string(),
  volumeBindingMode: z.string(),
  allowVolumeExpansion: z.boolean(),
  accessModes: z.array(z.string()).optional(),
  volumeMode: z.string().optional(),
  propertySets: z
    .array(z.object({ accessModes: z.array(z.string()), volumeMode: z.string().optional() }))
    .optional(),
  /** Null: its volumes cannot be snapshotted; absent: not known. */
  snapshotClass: z.string().nullable().exactOptional(),
});

export const policySummaries = ["MISSING", "OPEN", "GUARDED"] as const;
/** live: changes arrive as they happen; stale: what is shown may be old; off: nobody follows this cluster. */
export const syncStates = ["live", "stale", "off"] as const;

const share = z.object({ total: z.number(), committed: z.number() });

export const clusterRow = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  environment: z.string(),
  status: z.enum(clusterMachine.states),
  /** Why it is not healthy, as a word, and the cluster's own words beside it. */
  statusReason: z.string().nullable(),
  statusMessage: z.string().nullable(),
  enabled: z.boolean(),
  maintenance: z.boolean(),
  schedulingWeight: z.number(),
  kubernetesVersion: z.string().nullable(),
  kubevirtVersion: z.string().nullable(),
  policySummary: z.enum(policySummaries),
  capacity: z.object({ cpuCores: share, memoryGi: share }).nullable(),
  sync: z.enum(syncStates),
  lastCheckedAt: z.date().nullable(),
  createdAt: z.date(),
});

export const clusterDetail = clusterRow.extend({
  version: z.number(),
  apiServerUrl: z.string(),
  credential: connectionPreview.extend({ rotatedAt: z.date() }).nullable(),
  enabledFeatures: z.array(z.string()),
  capabilities: storedCapabilities.nullable(),
  capabilitiesDetectedAt: z.date().nullable(),
  storageClasses: z.array(storageClass),
  storageClassesUpdatedAt: z.date().nullable(),
  defaultStorageClass: z.string().nullable(),
  /** When each part was last read; what could not be read keeps its age. */
  readAt: partsReadAt,
  missingPermissions: z.array(missingPermission),
  uploadProxyUrl: z.string().nullable(),
  uploadProxyCa: z.string().nullable(),
  policy: clusterPolicy.nullable(),
  breakerOpenUntil: z.date().nullable(),
  consecutiveFailures: z.number(),
  lastHealthyAt: z.date().nullable(),
  reflectors: z.array(
    z.object({
      kind: z.string(),
      connected: z.boolean(),
      error: z.string().nullable(),
      lastEventAt: z.date().nullable(),
    }),
  ),
  vmCount: z.number(),
  /** With them, what keeps it from being removed. */
  uploadCount: z.number(),
});

export const namespaceRow = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  createdAt: z.date(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** Null for whoever may not read the registry. */
  vmCount: z.number().nullable(),
});

export const clusterPage = pageOf(clusterRow);
export const namespacePage = pageOf(namespaceRow);

export type RegisterCluster = z.output<typeof registerClusterInput>;
export type PreviewKubeconfig = z.output<typeof previewKubeconfigInput>;
export type RotateCredentials = z.output<typeof rotateCredentialsInput>;
export type DetectCluster = z.output<typeof detectClusterInput>;
export type RemoveCluster = z.output<typeof removeClusterInput>;
export type UpdateCluster = z.output<typeof updateClusterInput>;
export type ChooseStorageClass = z.output<typeof chooseStorageClassInput>;
export type SetClusterPolicy = z.output<typeof setClusterPolicyInput>;
export type ClusterPolicy = z.output<typeof clusterPolicy>;
export type CreateNamespace = z.output<typeof createNamespaceInput>;
export type UpdateNamespace = z.output<typeof updateNamespaceInput>;
export type RemoveNamespace = z.output<typeof removeNamespaceInput>;
export type ClusterFilter = z.output<typeof clusterFilter>;
export type NamespaceFilter = z.output<typeof namespaceFilter>;
export type ConnectionPreview = z.output<typeof connectionPreview>;
export type StoredCapabilities = z.output<typeof storedCapabilities>;
export type StorageClass = z.output<typeof storageClass>;
export type ClusterRow = z.output<typeof clusterRow>;
export type ClusterDetail = z.output<typeof clusterDetail>;
export type NamespaceRow = z.output<typeof namespaceRow>;
