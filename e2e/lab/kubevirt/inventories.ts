import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Inventory } from "./inventory";
import { defaultInventory } from "./inventory";

/** A kind of data centre: what stands in it and which KubeVirt runs there. */
export interface Place {
  kubevirtVersion: string;
  inventory: Partial<Inventory>;
}

const gpuNode = (name: string) => ({
  name,
  cpu: 96,
  memoryGi: 1024,
  extended: {
    "nvidia.com/H100": 4,
    "hugepages-1Gi": "256Gi",
    "hugepages-2Mi": "0",
    "intel.com/sriov_storage": 16,
    "mellanox.com/cx7_fabric": 8,
  },
  labels: {
    "nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3",
    "topology.kubernetes.io/zone": "hall-2",
  },
});

const gpuInventory: Partial<Inventory> = {
  nodes: [gpuNode("gpu-1"), gpuNode("gpu-2")],
  storageClasses: [
    {
      name: "nvme",
      provisioner: "nvmesh-csi.excelero.com",
      isDefault: true,
      accessModes: ["ReadWriteMany", "ReadWriteOnce"],
      volumeMode: "Block",
      allowsExpansion: true,
    },
    {
      name: "scratch",
      provisioner: "topolvm.io",
      volumeBindingMode: "WaitForFirstConsumer",
      accessModes: ["ReadWriteOnce"],
      volumeMode: "Block",
    },
  ],
  networks: [
    { namespace: "default", name: "storage-net", type: "sriov", resource: "intel.com/sriov_storage" },
    { namespace: "default", name: "fabric", type: "sriov", resource: "mellanox.com/cx7_fabric" },
    { namespace: "default", name: "vlan-300", type: "bridge" },
  ],
  permittedGpus: ["nvidia.com/H100"],
  namesUploadProxyByHost: true,
};

/** The inventories that have a name; `first` is the lab of `npm run up`. */
const places: Record<string, Place> = {
  default: { kubevirtVersion: "v1.9.0", inventory: {} },
  first: {
    kubevirtVersion: "v1.9.0",
    inventory: {
      namespaces: [...defaultInventory.namespaces, "legacy"],
      featureGates: [...defaultInventory.featureGates, "ExpandDisks", "HostDisk"],
      hasLegacyMachines: true,
    },
  },
  gpu: { kubevirtVersion: "v1.5.2", inventory: gpuInventory },
};

const quantities = z.record(z.string(), z.union([z.string(), z.number()]));
const nodeSchema = z.strictObject({
  name: z.string(),
  cpu: z.number(),
  memoryGi: z.number(),
  pods: z.number().optional(),
  extended: quantities.optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
const storageSchema = z.strictObject({
  name: z.string(),
  provisioner: z.string(),
  isDefault: z.boolean().optional(),
  volumeBindingMode: z.enum(["Immediate", "WaitForFirstConsumer"]).optional(),
  accessModes: z.array(z.string()).optional(),
  volumeMode: z.enum(["Block", "Filesystem"]).optional(),
  allowsExpansion: z.boolean().optional(),
});
const networkSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  type: z.string(),
  resource: z.string().optional(),
});
const placeSchema = z.strictObject({
  kubevirtVersion: z.string().default("v1.9.0"),
  inventory: z
    .strictObject({
      nodes: z.array(nodeSchema),
      storageClasses: z.array(storageSchema),
      namespaces: z.array(z.string()),
      networks: z.array(networkSchema),
      featureGates: z.array(z.string()),
      permittedGpus: z.array(z.string()),
      defaultArchitecture: z.string(),
      namesUploadProxyByHost: z.boolean(),
      hasLegacyMachines: z.boolean(),
    })
    .partial()
    .default({}),
});

/** A name from the list above, or a JSON file of the same shape. */
export function readPlace(nameOrFile: string): Place {
  const known = Object.hasOwn(places, nameOrFile) ? places[nameOrFile] : undefined;
  if (known) return known;
  if (!nameOrFile.endsWith(".json"))
    throw new Error(`No inventory is called ${nameOrFile}; there are ${Object.keys(places).join(", ")}.`);
  const { kubevirtVersion, inventory } = placeSchema.parse(JSON.parse(readFileSync(nameOrFile, "utf8")));
  return { kubevirtVersion, inventory: withoutAbsent(inventory) };
}

// A member that a file leaves out must not replace the default by nothing.
function withoutAbsent(written: z.output<typeof placeSchema>["inventory"]): Partial<Inventory> {
  const present = Object.entries(written).filter(([, value]) => value !== undefined);
  // The schema has the members of an inventory; only the absent ones are left out here.
  return Object.fromEntries(present) as Partial<Inventory>;
}
