import { z } from "zod";
import type { ClusterClient } from "./client";
import { applyCustom, deleteCustom, readCustom } from "./custom-objects";
import { cleanText } from "./failures";
import { checkedName } from "./paths";
import { condition, objectMetadata, readAnswer } from "./types";

const api = { group: "snapshot.kubevirt.io", version: "v1beta1" } as const;
const wordsMax = 2_000;
const indicationsMax = 16;

type Plural = "virtualmachinesnapshots" | "virtualmachinerestores";

interface Place {
  namespace: string;
  name: string;
}

export interface WantedSnapshot extends Place {
  labels: Record<string, string>;
  /** The machine that is saved. */
  machine: string;
}

export interface WantedRestore extends WantedSnapshot {
  snapshot: string;
}

/** A machine as the cluster has saved it. */
export interface MachineSnapshot {
  uid: string;
  labels: Record<string, string>;
  isReady: boolean;
  /** Why it will never be ready; null while it may be. */
  failure: string | null;
  /** How it was taken, such as Online or GuestAgent. */
  indications: string[];
}

/** A machine's way back. */
export interface MachineRestore {
  uid: string;
  labels: Record<string, string>;
  isComplete: boolean;
  failure: string | null;
  /** What the cluster says it is doing. */
  progress: string | null;
}

const words = z
  .string()
  .transform((text) => cleanText(text, wordsMax))
  .optional()
  .catch(undefined);
const conditions = z.array(condition).max(32).default([]).catch([]);
const indication = z.string().max(64);

const snapshotSchema = z.object({
  metadata: objectMetadata,
  status: z
    .object({
      phase: z.string().max(64).optional().catch(undefined),
      readyToUse: z.boolean().optional().catch(undefined),
      indications: z.array(indication).max(indicationsMax).default([]).catch([]),
      error: z.object({ message: words }).optional().catch(undefined),
      conditions,
    })
    .optional()
    .catch(undefined),
});

const restoreSchema = z.object({
  metadata: objectMetadata,
  status: z
    .object({ complete: z.boolean().optional().catch(undefined), conditions })
    .optional()
    .catch(undefined),
});

/** Server-side apply without force: the same snapshot twice is one object. */
export async function applySnapshot(
  client: ClusterClient,
  wanted: WantedSnapshot,
  signal?: AbortSignal,
): Promise<MachineSnapshot> {
  const spec = { source: machineOf(wanted.machine) };
  const manifest = manifestOf("VirtualMachineSnapshot", wanted, spec);
  return describeSnapshot(await apply(client, "virtualmachinesnapshots", manifest, signal), true);
}

/** Null when there is none. */
export async function readSnapshot(client: ClusterClient, place: Place): Promise<MachineSnapshot | null> {
  const object = await readOrNull(client, "virtualmachinesnapshots", place);
  return object === null ? null : describeSnapshot(object);
}

export function deleteSnapshot(client: ClusterClient, place: Place & { uid: string }): Promise<void> {
  return remove(client, "virtualmachinesnapshots", place);
}

/** The machine's volumes are made anew beside the old ones, and the machine then names the new. */
export async function applyRestore(
  client: ClusterClient,
  wanted: WantedRestore,
  signal?: AbortSignal,
): Promise<MachineRestore> {
  const spec = {
    target: machineOf(wanted.machine),
    virtualMachineSnapshotName: checkedName(wanted.snapshot),
  };
  const manifest = manifestOf("VirtualMachineRestore", wanted, spec);
  return describeRestore(await apply(client, "virtualmachinerestores", manifest, signal), true);
}

/** Null when there is none. */
export async function readRestore(client: ClusterClient, place: Place): Promise<MachineRestore | null> {
  const object = await readOrNull(client, "virtualmachinerestores", place);
  return object === null ? null : describeRestore(object);
}

export function deleteRestore(client: ClusterClient, place: Place & { uid: string }): Promise<void> {
  return remove(client, "virtualmachinerestores", place);
}

function machineOf(name: string) {
  return { apiGroup: "kubevirt.io", kind: "VirtualMachine", name: checkedName(name) };
}

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Place & { labels: Record<string, string> };
  spec: Record<string, unknown>;
}

function manifestOf(kind: string, wanted: WantedSnapshot, spec: Record<string, unknown>): Manifest {
  const { namespace, name, labels } = wanted;
  return { apiVersion: `${api.group}/${api.version}`, kind, metadata: { name, namespace, labels }, spec };
}

function describeSnapshot(object: unknown, isWrite = false): MachineSnapshot {
  const { metadata, status } = readAnswer(snapshotSchema, object, isWrite);
  const isFailed = status?.phase === "Failed";
  return {
    uid: metadata.uid,
    labels: metadata.labels,
    isReady: status?.readyToUse === true,
    failure: failureOf(status?.conditions ?? []) ?? (isFailed ? (status.error?.message ?? "Failed") : null),
    indications: status?.indications ?? [],
  };
}

function describeRestore(object: unknown, isWrite = false): MachineRestore {
  const { metadata, status } = readAnswer(restoreSchema, object, isWrite);
  const progress = status?.conditions.find(({ type }) => type === "Progressing");
  return {
    uid: metadata.uid,
    labels: metadata.labels,
    isComplete: status?.complete === true,
    failure: failureOf(status?.conditions ?? []),
    progress: sentenceOf(progress),
  };
}

type Condition = z.output<typeof condition>;

function failureOf(all: Condition[]): string | null {
  const failure = all.find(({ type, status }) => type === "Failure" && status === "True");
  return failure === undefined ? null : (sentenceOf(failure) ?? "Failed");
}

/** These kinds put the sentence where others have one word. */
function sentenceOf(found: Condition | undefined): string | null {
  const text = found?.message ?? found?.reason;
  return text === undefined ? null : cleanText(text, wordsMax);
}

function apply(
  client: ClusterClient,
  plural: Plural,
  manifest: Manifest,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return applyCustom(client, pathOf(plural, manifest.metadata), manifest, signal);
}

function readOrNull(client: ClusterClient, plural: Plural, place: Place): Promise<unknown> {
  return readCustom(client, pathOf(plural, place));
}

function remove(client: ClusterClient, plural: Plural, place: Place & { uid: string }): Promise<void> {
  return deleteCustom(client, pathOf(plural, place), place.uid);
}

function pathOf(plural: Plural, { namespace, name }: Place): string {
  const place = `namespaces/${checkedName(namespace)}/${plural}/${checkedName(name)}`;
  return `/apis/${api.group}/${api.version}/${place}`;
}
