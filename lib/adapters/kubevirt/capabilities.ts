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
import { listObjects, type CustomGroup } from "./list-objects";
import { readNamespace } from "./namespaces";
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
  snapshotClassSchema,
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
  cdiVersion: string | null;
  snapshots: boolean;
  nodes: ClusterNode[];
  /** The uid of kube-system, which tells one cluster from another whatever its address. */
  clusterUid: string | null;
  latencyMs: number;
  /** What could not be read, and why, a sentence each. */
  partial: string[];
  /** The lists of these that the account may not read: nothing is known of them. */
  unread: string[];
}

interface Notes {
  partial: string[];
  unread: string[];
}

/** A cluster that does not answer throws; a part that is missing or forbidden is named in `partial`. */
export async function detectCapabilities(client: ClusterClient): Promise<ClusterCapabilities> {
  const { kubernetesVersion, latencyMs } = await probeCluster(client);
  const groups = await readGroups(client);
  const notes: Notes = { partial: [], unread: [] };
  const found = await readLists(client, groups, notes);
  const { nodes, networks, installations, cdis } = found;
  const installation = chooseInstallation(installations ?? []);
  return {
    kubernetesVersion,
    latencyMs,
    kubevirt: installation && describeInstallation(installation, groups),
    features: enabledFeatures(installation?.status?.observedKubeVirtVersion ?? "", gatesOf(installation)),
    gpuDevices: sumGpuDevices(nodes ?? [], permittedDevices(installation)),
    hugepages: sumHugepages(nodes ?? []),
    sriovNetworks: (networks ?? []).flatMap((network) => describeSriovNetwork(network) ?? []),
    storageClasses: describeStorage(found),
    cdi: groups.has("cdi.kubevirt.io"),
    cdiVersion: cdis?.[0]?.status?.observedVersion ?? null,
    snapshots: groups.has("snapshot.kubevirt.io") && groups.has("snapshot.storage.k8s.io"),
    nodes: (nodes ?? []).map(describeNode),
    clusterUid: await readClusterUid(client),
    ...notes,
  };
}

type Lists = Awaited<ReturnType<typeof readLists>>;

async function readLists(client: ClusterClient, served: Map<string, string>, notes: Notes) {
  const list = <T extends z.ZodType>(what: string, schema: T, group?: CustomGroup) =>
    tolerate(notes, what, () => listObjects(client, what, { schema, group: group && { ...group, served } }));
  const importer = { group: "cdi.kubevirt.io", version: "v1beta1" };
  const snapshots = { group: "snapshot.storage.k8s.io", version: "v1" };
  const [installations, nodes, classes, profiles, networks, snapshotClasses, cdis] = await Promise.all([
    list("kubevirts", kubevirtSchema, { group: "kubevirt.io", version: "v1" }),
    list("nodes", nodeSchema),
    list("storageclasses", storageClassSchema),
    list("storageprofiles", storageProfileSchema, importer),
    list("network-attachment-definitions", networkAttachmentSchema, {
      group: "k8s.cni.cncf.io",
      version: "v1",
    }),
    list("volumesnapshotclasses", snapshotClassSchema, snapshots),
    list("cdis", importerSchema, importer),
  ]);
  return { installations, nodes, classes, profiles, networks, snapshotClasses, cdis };
}

const importerSchema = z.object({
  status: z
    .object({ observedVersion: z.string().max(64).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

function describeStorage({ classes, profiles, snapshotClasses }: Lists): ClusterStorageClass[] {
  const knowledge = { profiles: profiles ?? [], snapshotClasses };
  return (classes ?? []).map((storageClass) => describeStorageClass(storageClass, knowledge));
}

async function readClusterUid(client: ClusterClient): Promise<string | null> {
  try {
    return (await readNamespace(client, "kube-system"))?.uid ?? null;
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "rejected") return null;
    throw error;
  }
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

/** What may not be read or is not there is named; whatever else goes wrong is the caller's. */
async function tolerate<T>(notes: Notes, what: string, read: () => Promise<T[]>): Promise<T[] | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ClusterFailure) || (error.status !== 403 && error.status !== 404)) throw error;
    notes.partial.push(`${what}: ${error.status === 403 ? error.message : "not served by this cluster"}`);
    if (error.status === 404) return [];
    notes.unread.push(what);
    return null;
  }
}
