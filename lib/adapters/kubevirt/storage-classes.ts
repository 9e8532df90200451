import { z } from "zod";

const annotations = z.record(z.string(), z.string()).default({}).catch({});

export const storageClassSchema = z.object({
  metadata: z.object({ name: z.string().max(253), annotations }),
  provisioner: z.string().max(253).default("").catch(""),
  volumeBindingMode: z.string().max(64).default("Immediate").catch("Immediate"),
  allowVolumeExpansion: z.boolean().default(false).catch(false),
});

/** CDI's knowledge of a class: how its volumes can be used, best first. */
export const storageProfileSchema = z.object({
  metadata: z.object({ name: z.string().max(253) }),
  status: z
    .object({
      storageClass: z.string().max(253).optional().catch(undefined),
      claimPropertySets: z
        .array(
          z.object({
            accessModes: z.array(z.string().max(64)).max(8).default([]).catch([]),
            volumeMode: z.string().max(64).optional().catch(undefined),
          }),
        )
        .default([])
        .catch([]),
    })
    .optional()
    .catch(undefined),
});

export const snapshotClassSchema = z.object({
  metadata: z.object({ name: z.string().max(253) }),
  driver: z.string().max(253).default("").catch(""),
});

export interface ClusterStorageClass {
  name: string;
  isDefault: boolean;
  /** Preferred for VM disks over the cluster's general default. */
  isVirtualizationDefault: boolean;
  provisioner: string;
  volumeBindingMode: string;
  allowVolumeExpansion: boolean;
  accessModes?: string[];
  volumeMode?: string;
  /** All that the profile offers, best first. */
  propertySets: { accessModes: string[]; volumeMode?: string | undefined }[];
  /** The snapshot class of the same driver; null: its volumes cannot be snapshotted; absent: not known. */
  snapshotClass?: string | null;
}

/** What else the cluster says of its classes; null where that could not be read. */
export interface StorageKnowledge {
  profiles: z.output<typeof storageProfileSchema>[];
  snapshotClasses: z.output<typeof snapshotClassSchema>[] | null;
}

export function describeStorageClass(
  storageClass: z.output<typeof storageClassSchema>,
  { profiles, snapshotClasses }: StorageKnowledge,
): ClusterStorageClass {
  const { metadata, provisioner, volumeBindingMode, allowVolumeExpansion } = storageClass;
  const profile = profiles.find((one) => (one.status?.storageClass ?? one.metadata.name) === metadata.name);
  const propertySets = (profile?.status?.claimPropertySets ?? []).filter((set) => set.accessModes.length > 0);
  const best = propertySets[0];
  return {
    name: metadata.name,
    isDefault:
      isTrue(metadata.annotations["storageclass.kubernetes.io/is-default-class"]) ||
      isTrue(metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"]),
    isVirtualizationDefault: isTrue(metadata.annotations["storageclass.kubevirt.io/is-default-virt-class"]),
    provisioner,
    volumeBindingMode,
    allowVolumeExpansion,
    ...(best ? { accessModes: best.accessModes } : {}),
    ...(best?.volumeMode ? { volumeMode: best.volumeMode } : {}),
    propertySets,
    ...(snapshotClasses === null ? {} : { snapshotClass: snapshotClassOf(provisioner, snapshotClasses) }),
  };
}

function snapshotClassOf(
  provisioner: string,
  classes: z.output<typeof snapshotClassSchema>[],
): string | null {
  return classes.find(({ driver }) => driver === provisioner)?.metadata.name ?? null;
}

function isTrue(text: string | undefined): boolean {
  return text === "true";
}
