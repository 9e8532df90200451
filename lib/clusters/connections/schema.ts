import { z } from "zod";
import { missingPermission } from "@/lib/clusters/permissions/schema";
import { previewKubeconfigInput, storageClass } from "@/lib/clusters/schema";

/** With a cluster's id, the question is also whether the kubeconfig leads to that cluster. */
export const testConnectionInput = previewKubeconfigInput.extend({
  clusterId: z.string().max(64).optional(),
});

export const sameCluster = ["same", "other", "unknown"] as const;

const device = z.object({ resource: z.string(), allocatable: z.number(), permitted: z.boolean() });

/** What Shepherd would find and use there; nothing of it is kept. */
export const connectionTest = z.object({
  reachable: z.boolean(),
  /** Why it would not be healthy, as a word, and the cluster's own words beside it. */
  reason: z.string().nullable(),
  words: z.string().nullable(),
  latencyMs: z.number().nullable(),
  kubernetesVersion: z.string().nullable(),
  kubevirtVersion: z.string().nullable(),
  kubevirtPhase: z.string().nullable(),
  cdiVersion: z.string().nullable(),
  nodes: z.object({ ready: z.number(), total: z.number(), cpuCores: z.number(), memoryBytes: z.number() }),
  gpuDevices: z.array(device),
  sriovNetworks: z.array(z.string()),
  hugepages: z.array(z.string()),
  storageClasses: z.array(storageClass),
  defaultStorageClass: z.string().nullable(),
  missing: z.array(missingPermission),
  sameCluster: z.enum(sameCluster).nullable(),
});

export type TestConnection = z.output<typeof testConnectionInput>;
export type ConnectionTest = z.output<typeof connectionTest>;
