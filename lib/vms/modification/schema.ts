import { z } from "zod";

/** A field of a machine by a name that does not depend on where a manifest keeps it; other fields go by their path. */
export const sizedFields = ["cpuCores", "memoryGi", "diskGb"] as const;

const diskPrefix = "disk:";

/** What the size of a disk besides the first is called among the fields of a machine. */
export function diskField(name: string): string {
  return `${diskPrefix}${name}`;
}

/** The disk that such a field speaks of; null for any other field. */
export function diskOfField(field: string): string | null {
  return field.startsWith(diskPrefix) ? field.slice(diskPrefix.length) : null;
}

/** Field → value: of a machine as it is, was, or is to be. */
export const settings = z.record(z.string(), z.json());
export type Settings = z.output<typeof settings>;
type Json = Settings[string];

const hardware = z.strictObject({
  dedicatedCpu: z.boolean(),
  gpuDevices: z.array(z.strictObject({ name: z.string(), count: z.number().int() })),
  hugepagesSize: z.string().nullable(),
  sriovNetworks: z.array(z.string()),
});

/** What a machine is to become: only what changes. */
export const modificationWish = z.strictObject({
  cpu: z
    .strictObject({
      cores: z.number(),
      /** What is reserved for it; null where its manifest says nothing of that. */
      request: z.number().nullable(),
      /** The reserved share may stay as it is where raising it would need a restart. */
      mayKeepRequest: z.boolean(),
    })
    .optional(),
  memory: z.strictObject({ gi: z.number(), requestGi: z.number().nullable() }).optional(),
  diskGb: z.number().int().optional(),
  /** Disks besides the one it starts from, by their volume. */
  disks: z
    .array(z.strictObject({ name: z.string(), fromGb: z.number().int(), sizeGb: z.number().int() }))
    .optional(),
  /** Paths of the manifest; null takes the field away. */
  paths: z
    .array(z.strictObject({ path: z.string(), before: z.json(), value: z.json(), isOverride: z.boolean() }))
    .default([]),
  /** With another size: what of the blueprint its paths stand for. */
  hardware: hardware.optional(),
  instanceSizeId: z.string().optional(),
});
export type ModificationWish = z.output<typeof modificationWish>;

/** live: it takes effect while the machine runs, or it does not run. */
const planVerdict = z.enum(["live", "restart", "impossible"]);

const planReasons = [
  "hot_plug",
  "machine_stopped",
  "reserved_share_stays",
  "disk_grows",
  "pending_restart",
  "with_others",
  "fewer_cores",
  "not_whole_sockets",
  "above_sockets",
  "own_limit",
  "share_changes",
  "not_migratable",
  "multi_queue",
  "dedicated",
  "less_than_boot",
  "above_guest",
  "too_small_to_grow",
  "hugepages",
  "no_hot_plug",
  "disk_seen_after_restart",
  "disk_shrinks",
  "no_volume",
  "class_not_expandable",
  "sized_by_instancetype",
  "changed_elsewhere",
  "template_field",
] as const;
export type PlanReason = (typeof planReasons)[number];

/** One field of a change, with what it takes. */
export const planRow = z.object({
  field: z.string(),
  from: z.json(),
  to: z.json(),
  verdict: planVerdict,
  reason: z.enum(planReasons),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The cluster's own words against this field. */
  refusal: z.string().nullable(),
});
export type PlanRow = z.output<typeof planRow>;

/** What the cluster's admission says of the exact change. */
const planCheck = z.object({
  result: z.enum(["accepted", "refused", "not_checked"]),
  message: z.string().nullable(),
  causes: z.array(z.object({ field: z.string(), message: z.string() })),
});
export type PlanCheck = z.output<typeof planCheck>;

export const planQuestion = z.strictObject({ vmId: z.string(), wish: modificationWish });
export const planAnswer = z.object({
  rows: z.array(planRow),
  check: planCheck,
  /** The machine's fields as they were read. */
  facts: settings,
  resourceVersion: z.string(),
  readAt: z.coerce.date(),
});
export type PlanAnswer = z.output<typeof planAnswer>;

/** Where the cluster's machine differs from what is wanted. */
const driftRow = z.object({ field: z.string(), wanted: z.json(), live: z.json() });
export type DriftRow = z.output<typeof driftRow>;
export const drift = z.array(driftRow);

export const revisionKinds = ["created", "adopted", "imported", "modified", "accepted"] as const;
export const revisionDiffRow = z.object({ field: z.string(), before: z.json(), after: z.json() });
export type RevisionDiffRow = z.output<typeof revisionDiffRow>;

export const revisionRow = z.object({
  revision: z.number(),
  kind: z.enum(revisionKinds),
  changeReason: z.string(),
  diff: z.array(revisionDiffRow),
  ticketId: z.string().nullable(),
  actorName: z.string(),
  createdAt: z.date(),
});
export type RevisionRow = z.output<typeof revisionRow>;

export const liveSpec = z.object({
  facts: settings,
  readAt: z.date(),
  drift: drift.nullable(),
  driftSince: z.date().nullable(),
});
export type LiveSpec = z.output<typeof liveSpec>;

export const acceptDriftInput = z.strictObject({
  vmId: z.string().min(1).max(64),
  reason: z.string().trim().min(1).max(2_000),
});
export type AcceptDrift = z.output<typeof acceptDriftInput>;

/** Equal as JSON, whatever the order of members. */
export function isSame(left: Json | undefined, right: Json | undefined): boolean {
  return canonical(left ?? null) === canonical(right ?? null);
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`;
}
