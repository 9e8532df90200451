import { z } from "zod";
import { createSizeInput, plainJson } from "../schema";

export const instancetypeKinds = [
  "VirtualMachineClusterInstancetype",
  "VirtualMachineInstancetype",
  "VirtualMachineClusterPreference",
  "VirtualMachinePreference",
] as const;

export const clusterInstancetypesInput = z.strictObject({ clusterId: z.string().max(64) });

const noteReasons = [
  "not_rendered",
  "forbidden",
  "invalid",
  "unknown_value",
  "requirement_only",
  "rounded",
] as const;

/** One field of the cluster's object that does not become part of the size as it stands there. */
const unmapped = z.object({
  path: z.string(),
  reason: z.enum(noteReasons),
  params: z.record(z.string(), plainJson),
});
export type Unmapped = z.output<typeof unmapped>;
export type UnmappedReason = Unmapped["reason"];

const mapped = z.object({ path: z.string(), member: z.string(), value: plainJson });
export type Mapped = z.output<typeof mapped>;

/** A size as it would be made of an instance type of the cluster. */
export const proposedSize = z.object({
  /** What `names` of the import is made of: `name`, or `namespace/name` for one of a namespace. */
  key: z.string(),
  kind: z.enum(instancetypeKinds),
  /** Null where it cannot be made into a size; `unmapped` says why. */
  size: createSizeInput.nullable(),
  mapped: z.array(mapped),
  unmapped: z.array(unmapped),
  /** A size of this name is there already. */
  exists: z.boolean(),
});
export type ProposedSize = z.output<typeof proposedSize>;

/** What a preference adds to a size that is imported with it. */
export const proposedPreference = z.object({
  key: z.string(),
  kind: z.enum(instancetypeKinds),
  displayName: z.string(),
  specOverrides: z.record(z.string(), plainJson),
  mapped: z.array(mapped),
  unmapped: z.array(unmapped),
});
export type ProposedPreference = z.output<typeof proposedPreference>;

export const instancetypePreview = z.object({
  cluster: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  /** False where the cluster knows no instance types. */
  supported: z.boolean(),
  sizes: z.array(proposedSize),
  preferences: z.array(proposedPreference),
  /** Objects of the cluster that do not parse, by key. */
  unreadable: z.array(z.object({ key: z.string(), kind: z.enum(instancetypeKinds), problem: z.string() })),
});
export type InstancetypePreview = z.output<typeof instancetypePreview>;

export const importInstancetypesInput = z.strictObject({
  clusterId: z.string().max(64),
  names: z.array(z.string().min(1).max(320)).min(1).max(100),
  /** A preference whose hints become overrides of every imported size. */
  preference: z.string().max(320).optional(),
});
export type ImportInstancetypes = z.output<typeof importInstancetypesInput>;

export const importedInstancetypes = z.object({
  created: z.array(z.object({ key: z.string(), id: z.string(), name: z.string() })),
  skipped: z.array(z.object({ key: z.string(), reason: z.enum(["absent", "exists", "not_mapped"]) })),
});
export type ImportedInstancetypes = z.output<typeof importedInstancetypes>;

/** What the worker answers: the cluster's objects, not yet understood. */
export const instancetypeAnswer = z.object({
  supported: z.boolean(),
  objects: z.array(
    z.object({
      kind: z.enum(instancetypeKinds),
      key: z.string(),
      name: z.string(),
      displayName: z.string(),
      spec: z.record(z.string(), z.json()),
    }),
  ),
  unreadable: z.array(z.object({ key: z.string(), kind: z.enum(instancetypeKinds), problem: z.string() })),
});
export type InstancetypeAnswer = z.output<typeof instancetypeAnswer>;
export type InstancetypeObject = InstancetypeAnswer["objects"][number];
