import { z } from "zod";
import type { ClusterClient } from "./client";
import { applyCustom, deleteCustom, readCustom } from "./custom-objects";
import { cleanText } from "./failures";
import { checkedName, virtualMachinePath } from "./paths";
import { condition, objectMetadata, readAnswer, virtualMachineSchema, type VirtualMachine } from "./types";

const api = { group: "clone.kubevirt.io", version: "v1beta1" } as const;
const wordsMax = 2_000;

interface Place {
  namespace: string;
  name: string;
}

export interface WantedClone extends Place {
  labels: Record<string, string>;
  /** The machine that is copied. */
  source: string;
  /** The machine that is made of it. */
  target: string;
  /** What begins with this is the source's own, and does not go with it. */
  labelPrefix: string;
}

/** A machine that is being copied. */
export interface MachineClone {
  uid: string;
  labels: Record<string, string>;
  isComplete: boolean;
  /** Why it will never be complete; null while it may be. */
  failure: string | null;
}

const cloneSchema = z.object({
  metadata: objectMetadata,
  status: z
    .object({
      phase: z.string().max(64).optional().catch(undefined),
      conditions: z.array(condition).max(32).default([]).catch([]),
    })
    .optional()
    .catch(undefined),
});

/** Server-side apply without force: the same clone twice is one object. Addresses and serials are made anew by default. */
export async function applyClone(
  client: ClusterClient,
  wanted: WantedClone,
  signal?: AbortSignal,
): Promise<MachineClone> {
  const { namespace, name, labels, source, target } = wanted;
  const filters = ["*", `!${wanted.labelPrefix}/*`];
  const hostname = { op: "add", path: "/spec/template/spec/hostname", value: checkedName(target) };
  const manifest = {
    apiVersion: `${api.group}/${api.version}`,
    kind: "VirtualMachineClone",
    metadata: { name, namespace, labels },
    spec: {
      source: machineOf(source),
      target: machineOf(target),
      labelFilters: filters,
      annotationFilters: filters,
      template: { labelFilters: filters, annotationFilters: filters },
      patches: [JSON.stringify(hostname)],
    },
  };
  return describeClone(await applyCustom(client, pathOf(wanted), manifest, signal), true);
}

/** Null when there is none. */
export async function readClone(client: ClusterClient, place: Place): Promise<MachineClone | null> {
  const object = await readCustom(client, pathOf(place));
  return object === null ? null : describeClone(object);
}

export function deleteClone(client: ClusterClient, place: Place & { uid: string }): Promise<void> {
  return deleteCustom(client, pathOf(place), place.uid);
}

export interface OwnMarks extends Place {
  /** A condition: another object of this name is left alone. */
  uid: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** What was made of a clone becomes one of ours: labels of its own, and of its instances. */
export async function markClone(
  client: ClusterClient,
  { namespace, name, uid, labels, annotations }: OwnMarks,
  signal?: AbortSignal,
): Promise<VirtualMachine> {
  const manifest = {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, uid, labels, annotations },
    spec: { template: { metadata: { labels } } },
  };
  const answer = await applyCustom(client, virtualMachinePath(namespace, name), manifest, signal);
  return readAnswer(virtualMachineSchema, answer, true);
}

function describeClone(object: unknown, isWrite = false): MachineClone {
  const { metadata, status } = readAnswer(cloneSchema, object, isWrite);
  const told = status?.conditions.find(({ type }) => type === "Failure" || type === "Progressing");
  const words = cleanText(told?.message ?? told?.reason ?? "Failed", wordsMax);
  return {
    uid: metadata.uid,
    labels: metadata.labels,
    isComplete: status?.phase === "Succeeded",
    failure: status?.phase === "Failed" ? words : null,
  };
}

function machineOf(name: string) {
  return { apiGroup: "kubevirt.io", kind: "VirtualMachine", name: checkedName(name) };
}

function pathOf({ namespace, name }: Place): string {
  const place = `namespaces/${checkedName(namespace)}/virtualmachineclones/${checkedName(name)}`;
  return `/apis/${api.group}/${api.version}/${place}`;
}
