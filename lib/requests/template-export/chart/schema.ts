/** A value of the chart: what it means, and what JSON Schema lets it be. */
export interface ChartValue {
  path: string;
  description: string;
  schema: Record<string, unknown>;
}

const quantity = {
  type: ["string", "number"],
  pattern: "^[0-9]+(\\.[0-9]+)?(n|u|m|[kMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)?$",
  exclusiveMinimum: 0,
};
const words = { type: "object", additionalProperties: { type: "string" } };
const accessModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const hostName = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

/** Every value a chart of ours may have, in the order of values.yaml; a chart has those that its manifest uses. */
export const chartValues: readonly ChartValue[] = [
  {
    path: "name",
    description: "Name of the machine and its host name; the release's own name when empty.",
    schema: { type: "string", maxLength: 50, pattern: `^(${hostName})?$` },
  },
  { path: "labels", description: "Labels of the machine and of its guest.", schema: words },
  { path: "annotations", description: "Further annotations of the machine.", schema: words },
  {
    path: "runStrategy",
    description: "When the machine runs.",
    schema: { type: "string", enum: ["Always", "Halted", "Manual", "RerunOnFailure", "Once"] },
  },
  {
    path: "terminationGracePeriodSeconds",
    description: "How long the guest has to shut down.",
    schema: { type: "integer", minimum: 0 },
  },
  { path: "cpu.cores", description: "Cores the guest sees.", schema: { type: "integer", minimum: 1 } },
  { path: "cpu.request", description: "Processor time that is kept for it.", schema: quantity },
  { path: "cpu.limit", description: "Processor time it gets at most.", schema: quantity },
  { path: "memory.guest", description: "Memory the guest sees.", schema: quantity },
  { path: "memory.request", description: "Memory that is kept for it.", schema: quantity },
  {
    path: "image.url",
    description: "Where the root disk is imported from.",
    schema: { type: "string", pattern: "^(docker|https)://." },
  },
  {
    path: "image.namespace",
    description: "Namespace of the volume that the root disk is a copy of.",
    schema: { type: "string", pattern: `^${hostName}$`, maxLength: 63 },
  },
  {
    path: "image.name",
    description: "Name of the volume that the root disk is a copy of.",
    schema: { type: "string", minLength: 1, maxLength: 253 },
  },
  { path: "disk.size", description: "Size of the root disk.", schema: quantity },
  {
    path: "disk.storageClassName",
    description: "Storage class of the root disk; the cluster's default when empty.",
    schema: { type: "string" },
  },
  {
    path: "disk.accessModes",
    description: "Access modes of the root disk; the storage profile's when empty.",
    schema: { type: "array", items: { type: "string", enum: accessModes } },
  },
  {
    path: "disk.volumeMode",
    description: "Volume mode of the root disk; the storage profile's when empty.",
    schema: { type: "string", enum: ["", "Block", "Filesystem"] },
  },
  { path: "disk.labels", description: "Labels of the root disk.", schema: words },
  {
    path: "gpus",
    description: "Graphics processors, each by a name of its own and the device's.",
    schema: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "deviceName"],
        properties: { name: { type: "string" }, deviceName: { type: "string" } },
      },
    },
  },
  {
    path: "networks",
    description: "SR-IOV networks beside the pod's own: a name, and the attachment as namespace/name.",
    schema: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "networkName"],
        additionalProperties: false,
        properties: { name: { type: "string" }, networkName: { type: "string" } },
      },
    },
  },
  {
    path: "cloudInit",
    description: "Cloud-init user data; none when empty. KubeVirt takes 2048 bytes at most.",
    schema: { type: "string", maxLength: 2048 },
  },
];
