import { z } from "zod";
import { callCluster, type ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { enabledFeatures } from "./kubevirt-features";
import {
  chooseInstallation,
  describeInstallation,
  gatesOf,
  kubevirtSchema,
  permittedDevices,
  type KubevirtInstallation,
} from "./kubevirt-installation";
import { describeSriovNetwork, networkAttachmentSchema, type SriovNetwork } from "./network-attachments";
import {
  describeNode,
  nodeSchema,
  sumGpuDevices,
  sumHugepages,
  type ClusterNode,
  type DeviceCapacity,
  type HugepageCapacity,
} from "./node-capacity";
import {
  describeStorageClass,
  storageClassSchema,
  storageProfileSchema,
  type ClusterStorageClass,
} from "./storage-classes";
import { readAnswer } from "./types";

export interface ClusterCapabilities {
  kubernetesVersion: string;
  /** Null: no KubeVirt here. */
  kubevirt: KubevirtInstallation | null;
  features: string[];
  gpuDevices: DeviceCapacity[];
  hugepages: HugepageCapacity[];
  sriovNetworks: SriovNetwork[];
  storageClasses: ClusterStorageClass[];
  cdi: boolean;
  snapshots: boolean;
  nodes: ClusterNode[];
  /** What could not be read, and why, a sentence each. */
  partial: string[];
}

/** A cluster that does not answer throws; a part that is missing or forbidden is named in `partial`. */
export async function detectCapabilities(client: ClusterClient): Promise<ClusterCapabilities> {
  const { kubernetesVersion } = await probeCluster(client);
  const groups = await readGroups(client);
  const partial: string[] = [];
  const list = <T extends z.ZodType>(what: string, schema: T, group?: CustomGroup) =>
    tolerate(partial, what, () =>
      listItems(client, what, { schema, group: group && { ...group, served: groups } }),
    );

  const [installations, nodes, classes, profiles, networks] = await Promise.all([
    list("kubevirts", kubevirtSchema, { group: "kubevirt.io", version: "v1" }),
    list("nodes", nodeSchema),
    list("storageclasses", storageClassSchema),
    list("storageprofiles", storageProfileSchema, { group: "cdi.kubevirt.io", version: "v1beta1" }),
    list("network-attachment-definitions", networkAttachmentSchema, {
      group: "k8s.cni.cncf.io",
      version: "v1",
    }),
  ]);
  const installation = chooseInstallation(installations);
  return {
    kubernetesVersion,
    kubevirt: installation && describeInstallation(installation, groups),
    features: enabledFeatures(installation?.status?.observedKubeVirtVersion ?? "", gatesOf(installation)),
    gpuDevices: sumGpuDevices(nodes, permittedDevices(installation)),
    hugepages: sumHugepages(nodes),
    sriovNetworks: networks.flatMap((network) => describeSriovNetwork(network) ?? []),
    storageClasses: classes.map((storageClass) => describeStorageClass(storageClass, profiles)),
    cdi: groups.has("cdi.kubevirt.io"),
    snapshots: groups.has("snapshot.kubevirt.io") && groups.has("snapshot.storage.k8s.io"),
    nodes: nodes.map(describeNode),
    partial,
  };
}

/** One small authenticated call: is the API there, and which version is it. */
export async function probeCluster(
  client: ClusterClient,
): Promise<{ kubernetesVersion: string; latencyMs: number }> {
  const startedAt = performance.now();
  const answer = await callCluster(() => client.version.getCode());
  const { gitVersion } = readAnswer(z.object({ gitVersion: z.string().max(64) }), answer);
  return { kubernetesVersion: gitVersion, latencyMs: Math.round(performance.now() - startedAt) };
}

interface CustomGroup {
  group: string;
  version: string;
}

/** API groups with their preferred version; every signed-in account may read this. */
async function readGroups(client: ClusterClient): Promise<Map<string, string>> {
  const answer = await callCluster(() => client.apis.getAPIVersions());
  const group = z.object({
    name: z.string().max(253),
    preferredVersion: z.object({ groupVersion: z.string().max(253) }).optional(),
  });
  const { groups } = readAnswer(z.object({ groups: z.array(group).max(2_000) }), answer);
  return new Map(groups.map((one) => [one.name, one.preferredVersion?.groupVersion ?? ""]));
}

async function tolerate<T>(partial: string[], what: string, read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ClusterFailure) || (error.status !== 403 && error.status !== 404)) throw error;
    partial.push(`${what}: ${error.status === 403 ? error.message : "not served by this cluster"}`);
    return [];
  }
}

const listsMax = 40;
const pageSize = 500;

async function listItems<T extends z.ZodType>(
  client: ClusterClient,
  what: string,
  from: { schema: T; group: (CustomGroup & { served: Map<string, string> }) | undefined },
): Promise<z.output<T>[]> {
  if (from.group && !from.group.served.has(from.group.group)) {
    throw new ClusterFailure("gone", `${from.group.group} is not served`, {
      status: 404,
      reason: "NotServed",
    });
  }
  const envelope = z.object({
    metadata: z.object({ _continue: z.string().optional(), continue: z.string().optional() }).optional(),
    items: z.array(z.unknown()).default([]),
  });
  const found: z.output<T>[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < listsMax; pages += 1) {
    const page = { limit: pageSize, ...(next ? { _continue: next } : {}) };
    const answer: unknown = await callCluster<unknown>(() =>
      listPage(client, what, { page, group: from.group }),
    );
    const { items, metadata } = readAnswer(envelope, answer);
    for (const item of items) {
      const parsed = from.schema.safeParse(item);
      if (parsed.success) found.push(parsed.data);
    }
    next = metadata?._continue || metadata?.continue || undefined;
    if (!next) break;
  }
  return found;
}

function listPage(
  client: ClusterClient,
  what: string,
  from: { page: { limit: number; _continue?: string }; group: CustomGroup | undefined },
): Promise<unknown> {
  if (what === "nodes") return client.core.listNode(from.page);
  if (what === "storageclasses") return client.storage.listStorageClass(from.page);
  const { group = "", version = "" } = from.group ?? {};
  return client.customObjects.listCustomObjectForAllNamespaces({
    group,
    version,
    resourcePlural: what,
    ...from.page,
  });
}
