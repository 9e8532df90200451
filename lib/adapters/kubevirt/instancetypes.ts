import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { listAllPages } from "./list-pages";

export const instancetypeKinds = [
  "VirtualMachineClusterInstancetype",
  "VirtualMachineInstancetype",
  "VirtualMachineClusterPreference",
  "VirtualMachinePreference",
] as const;
export type InstancetypeKind = (typeof instancetypeKinds)[number];

const plurals: Record<InstancetypeKind, string> = {
  VirtualMachineClusterInstancetype: "virtualmachineclusterinstancetypes",
  VirtualMachineInstancetype: "virtualmachineinstancetypes",
  VirtualMachineClusterPreference: "virtualmachineclusterpreferences",
  VirtualMachinePreference: "virtualmachinepreferences",
};

/** v1beta1 is served by every KubeVirt that serves any. */
const apiPath = "/apis/instancetype.kubevirt.io/v1beta1";
const pageSize = 200;
const objectsMax = 2_000;
const specBytesMax = 64 * 1024;
const deepest = 20;

/** One object of a cluster, its specification still as the cluster wrote it. */
export interface InstancetypeObject {
  kind: InstancetypeKind;
  /** `name`, or `namespace/name` of one that belongs to a namespace. */
  key: string;
  name: string;
  /** What its author calls it, where he does. */
  displayName: string;
  spec: Record<string, unknown>;
}

export interface InstancetypeList {
  /** False where the cluster knows no such kinds. */
  supported: boolean;
  objects: InstancetypeObject[];
  unreadable: { key: string; kind: InstancetypeKind; problem: string }[];
}

/** All instance types and preferences of a cluster, those of its namespaces too. */
export async function listInstancetypes(
  client: ClusterClient,
  signal: AbortSignal,
): Promise<InstancetypeList> {
  const lists = await Promise.all(instancetypeKinds.map((kind) => listKind(client, kind, signal)));
  const read = lists.flatMap((list) => list ?? []).slice(0, objectsMax);
  return {
    supported: lists.some((list) => list !== null),
    objects: read.flatMap((one) => ("spec" in one ? [one] : [])),
    unreadable: read.flatMap((one) => ("problem" in one ? [one] : [])),
  };
}

type ReadObject = InstancetypeObject | { key: string; kind: InstancetypeKind; problem: string };

/** Null where the cluster does not serve the kind. */
async function listKind(
  client: ClusterClient,
  kind: InstancetypeKind,
  signal: AbortSignal,
): Promise<ReadObject[] | null> {
  try {
    const { items } = await listAllPages({
      client,
      path: `${apiPath}/${plurals[kind]}`,
      pageSize,
      signal,
      project: (object) => readObject(kind, object),
      onRetry: () => undefined,
    });
    return items.map(({ value }) => value);
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
const objectShape = z.object({
  metadata: z.object({
    name: objectName,
    namespace: objectName.optional(),
    annotations: z.record(z.string(), z.string()).default({}).catch({}),
  }),
  spec: z.record(z.string(), z.unknown()),
});

/** What a cluster answers is input: it is measured before anything walks over it. */
function readObject(kind: InstancetypeKind, object: unknown): ReadObject {
  const read = objectShape.safeParse(object);
  if (!read.success) return { kind, key: keyOf(object), problem: "not_an_object" };
  const { metadata, spec } = read.data;
  const key = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  if (!isShallow(spec)) return { kind, key, problem: "too_deep" };
  if (JSON.stringify(spec).length > specBytesMax) return { kind, key, problem: "too_large" };
  const displayName = metadata.annotations["openshift.io/display-name"] ?? metadata.name;
  return { kind, key, name: metadata.name, displayName: plainText(displayName) || metadata.name, spec };
}

const namedShape = z.object({ metadata: z.object({ name: z.string() }) });

function keyOf(object: unknown): string {
  const named = namedShape.safeParse(object);
  return named.success ? plainText(named.data.metadata.name) : "";
}

/** Clusters' words go to a screen: no controls, and no more than a line holds. */
function plainText(text: string): string {
  return text.replace(/\p{C}/gu, "").slice(0, 100).trim();
}

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return true;
}
