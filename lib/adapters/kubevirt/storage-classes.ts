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
}

export function describeStorageClass(
  storageClass: z.output<typeof storageClassSchema>,
  profiles: z.output<typeof storageProfileSchema>[],
): ClusterStorageClass {
  const { metadata, provisioner, volumeBindingMode, allowVolumeExpansion } = storageClass;
  const profile = profiles.find((one) => (one.status?.storageClass ?? one.metadata.name) === metadata.name);
  const best = profile?.status?.claimPropertySets[0];
  return {
    name: metadata.name,
    isDefault:
      isTrue(metadata.annotations["storageclass.kubernetes.io/is-default-class"]) ||
      isTrue(metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"]),
    isVirtualizationDefault: isTrue(metadata.annotations["storageclass.kubevirt.io/is-default-virt-class"]),
    provisioner,
    volumeBindingMode,
    allowVolumeExpansion,
    ...(best && best.accessModes.length > 0 ? { accessModes: best.accessModes } : {}),
    ...(best?.volumeMode ? { volumeMode: best.volumeMode } : {}),
  };
}

function isTrue(text: string | undefined): boolean {
  return text === "true";
}
