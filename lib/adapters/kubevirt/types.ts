import { z } from "zod";
import { ClusterFailure, cleanText } from "./failures";

/** What Shepherd writes: the fields it sets, open where KubeVirt has many more. */
export interface VirtualMachineManifest {
  apiVersion: "kubevirt.io/v1";
  kind: "VirtualMachine";
  metadata: {
    name: string;
    namespace: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: VirtualMachineSpec;
}

export type RunStrategy = "Always" | "Halted" | "Manual" | "RerunOnFailure" | "Once";

export interface VirtualMachineSpec {
  runStrategy?: RunStrategy;
  dataVolumeTemplates?: DataVolumeTemplate[];
  template: { metadata?: { labels?: Record<string, string> }; spec: VirtualMachineInstanceSpec };
  [key: string]: unknown;
}

export interface DataVolumeTemplate {
  metadata: { name: string; labels?: Record<string, string> };
  spec: { source?: Record<string, unknown>; storage?: Record<string, unknown>; [key: string]: unknown };
}

export interface VirtualMachineInstanceSpec {
  domain: {
    cpu?: Record<string, unknown>;
    memory?: Record<string, unknown>;
    resources?: Record<string, unknown>;
    devices?: Record<string, unknown>;
    [key: string]: unknown;
  };
  volumes?: ({ name: string } & Record<string, unknown>)[];
  networks?: ({ name: string } & Record<string, unknown>)[];
  [key: string]: unknown;
}

const textLengthMax = 2_000;
const conditionsMax = 64;
const interfacesMax = 64;
const labelsMax = 256;
const finalizersMax = 32;

// A database refuses NUL, and a terminal obeys other controls: neither comes in by a cluster's words.
const word = z
  .string()
  .max(253)
  .regex(/^\P{Cc}*$/u);
const optionalWord = word.optional().catch(undefined);
const sentence = z
  .string()
  .transform((text) => cleanText(text, textLengthMax))
  .optional()
  .catch(undefined);
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional()
  .catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** Keeps the entries that fit and drops the others, up to a number. */
function listOf<T extends z.ZodType>(schema: T, lengthMax: number) {
  return z
    .array(z.unknown())
    .transform((list) => list.slice(0, lengthMax).flatMap((one) => keep(schema.safeParse(one))))
    .catch([]);
}

function keep<T>(parsed: { success: true; data: T } | { success: false }): T[] {
  return parsed.success ? [parsed.data] : [];
}

const stringMap = z
  .record(z.string(), z.unknown())
  .transform((map) => Object.fromEntries(Object.entries(map).filter(isShortText).slice(0, labelsMax)))
  .catch({});

function isShortText(entry: [string, unknown]): entry is [string, string] {
  return entry[0].length <= 317 && typeof entry[1] === "string" && entry[1].length <= 256 * 1024;
}

export const objectMetadata = z.object({
  name: word.min(1),
  namespace: word.default(""),
  uid: word.min(1),
  /** Empty in the answer to a dry run, which stores nothing. */
  resourceVersion: word.default(""),
  generation: z.number().optional().catch(undefined),
  labels: stringMap.default({}),
  annotations: stringMap.default({}),
  creationTimestamp: instant,
  deletionTimestamp: instant,
  finalizers: listOf(word, finalizersMax).optional().catch(undefined),
});

export const condition = z.object({
  type: word,
  status: word,
  reason: z
    .string()
    .max(1_024)
    .transform((text) => cleanText(text, 1_024))
    .optional()
    .catch(undefined),
  message: sentence,
  lastTransitionTime: instant,
});

const looseRecord = z.record(z.string(), z.unknown());

const virtualMachineStatus = z.object({
  printableStatus: optionalWord,
  ready: flag,
  created: flag,
  runStrategy: optionalWord,
  observedGeneration: z.number().optional().catch(undefined),
  desiredGeneration: z.number().optional().catch(undefined),
  snapshotInProgress: optionalWord,
  restoreInProgress: optionalWord,
  startFailure: z
    .object({ consecutiveFailCount: z.number().int().min(0), retryAfterTimestamp: instant })
    .optional()
    .catch(undefined),
  conditions: listOf(condition, conditionsMax).default([]),
});

/** A VM as read: what Shepherd looks at is checked, spec is kept whole for showing and comparing. */
export const virtualMachineSchema = z.object({
  metadata: objectMetadata,
  spec: z
    .looseObject({
      runStrategy: optionalWord,
      running: flag,
      template: looseRecord.optional().catch(undefined),
    })
    .catch({}),
  /** Absent until the controller's first write. */
  status: virtualMachineStatus.optional().catch(undefined),
});
export type VirtualMachine = z.output<typeof virtualMachineSchema>;

const networkInterface = z.object({
  name: optionalWord,
  interfaceName: optionalWord,
  ipAddress: optionalWord,
  ipAddresses: listOf(word, interfacesMax).optional(),
  mac: optionalWord,
});

const guestOs = z.object({
  name: optionalWord,
  prettyName: optionalWord,
  version: optionalWord,
  versionId: optionalWord,
  kernelRelease: optionalWord,
  id: optionalWord,
});

export const virtualMachineInstanceSchema = z.object({
  metadata: objectMetadata,
  status: z
    .object({
      phase: optionalWord,
      nodeName: optionalWord,
      /** Uid of the pod → its node, which is empty until it is scheduled. */
      activePods: stringMap.optional().catch(undefined),
      reason: sentence,
      interfaces: listOf(networkInterface, interfacesMax).default([]),
      guestOSInfo: guestOs.optional().catch(undefined),
      migrationState: z
        .object({ failed: flag, failureReason: sentence, endTimestamp: instant })
        .optional()
        .catch(undefined),
      conditions: listOf(condition, conditionsMax).default([]),
    })
    .optional()
    .catch(undefined),
});
export type VirtualMachineInstance = z.output<typeof virtualMachineInstanceSchema>;

export const listMetadata = z.object({
  resourceVersion: word.min(1),
  continue: z
    .string()
    .max(16 * 1024)
    .optional(),
  remainingItemCount: z.number().int().min(0).optional().catch(undefined),
});

/** A list's envelope; the items are checked one by one by whoever asked. */
export const listSchema = z.object({
  metadata: listMetadata,
  items: z.array(z.unknown()).nullable().default([]),
});

/** An answer in its expected shape, or a failure that says where it is not. */
export function readAnswer<T extends z.ZodType>(schema: T, value: unknown, isWrite = false): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue ? `${issue.path.join(".")}: ${issue.message}` : "unexpected shape";
  throw new ClusterFailure("rejected", `the cluster's answer is not what it should be: ${where}`, {
    reason: "MalformedAnswer",
    outcomeUnknown: isWrite,
  });
}

export function readJson(text: string, isWrite = false): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ClusterFailure("rejected", "the cluster's answer is not JSON", {
      reason: "MalformedAnswer",
      outcomeUnknown: isWrite,
    });
  }
}
