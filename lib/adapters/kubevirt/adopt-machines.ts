import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { checkedName, subresourcePath, virtualMachinePath } from "./paths";
import { listSchema, objectMetadata, readAnswer, readJson } from "./types";

/** Of its own, so that what an import wrote can be told from what Shepherd makes. */
export const importFieldManager = "kubevirt-shepherd-import";

const record = z.record(z.string(), z.unknown());
const textMax = 253;
const listMax = 50;

const managedField = z.object({ manager: z.string().max(textMax) });
const owner = z.object({ kind: z.string().max(textMax), name: z.string().max(textMax) });

const foundMetadata = objectMetadata.extend({
  managedFields: z.array(z.unknown()).optional().catch(undefined),
  ownerReferences: z.array(z.unknown()).optional().catch(undefined),
  finalizers: z.array(z.string().max(textMax)).optional().catch(undefined),
});

const foundShape = z.object({
  metadata: foundMetadata,
  spec: record.catch({}),
  status: z
    .object({ printableStatus: z.string().max(textMax).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** A machine somebody made, whole as far as it matters for taking it over. */
export interface FoundMachine {
  uid: string;
  namespace: string;
  name: string;
  resourceVersion: string;
  generation: number | null;
  createdAt: Date | null;
  terminating: boolean;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  finalizers: string[];
  /** Who has written fields of it, each once. */
  managers: string[];
  /** Controllers that made it and would make it again. */
  owners: { kind: string; name: string }[];
  spec: Record<string, unknown>;
  printableStatus: string | null;
}

function asFound(object: unknown, isWrite = false): FoundMachine {
  const { metadata, spec, status } = readAnswer(foundShape, object, isWrite);
  return {
    uid: metadata.uid,
    namespace: metadata.namespace,
    name: metadata.name,
    resourceVersion: metadata.resourceVersion,
    generation: metadata.generation ?? null,
    createdAt: metadata.creationTimestamp ?? null,
    terminating: metadata.deletionTimestamp !== undefined,
    labels: metadata.labels,
    annotations: metadata.annotations,
    finalizers: metadata.finalizers ?? [],
    managers: [...new Set(keep(managedField, metadata.managedFields).map(({ manager }) => manager))],
    owners: keep(owner, metadata.ownerReferences),
    spec,
    printableStatus: status?.printableStatus ?? null,
  };
}

function keep<T extends z.ZodType>(schema: T, list: unknown[] | undefined): z.output<T>[] {
  return (list ?? []).slice(0, listMax).flatMap((one) => {
    const parsed = schema.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Null when there is none. */
export async function readFoundMachine(
  client: ClusterClient,
  place: { namespace: string; name: string },
  signal?: AbortSignal,
): Promise<FoundMachine | null> {
  try {
    const path = virtualMachinePath(place.namespace, place.name);
    const answer = await client.exchange({ method: "GET", path, signal });
    return asFound(readJson(answer.body));
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

export interface FoundPage {
  items: FoundMachine[];
  /** Null on the last page. */
  next: string | null;
  /** The list had moved on under the token, so this is its beginning. */
  restarted: boolean;
}

const pageBytesMax = 32 * 1024 * 1024;

/** Machines by a label selector, a page at a time. */
export async function listFoundMachines(
  client: ClusterClient,
  query: { labelSelector: string; namespace?: string | undefined; limit: number; from: string | null },
  signal?: AbortSignal,
): Promise<FoundPage> {
  const base = "/apis/kubevirt.io/v1";
  const path =
    query.namespace === undefined
      ? `${base}/virtualmachines`
      : `${base}/namespaces/${checkedName(query.namespace)}/virtualmachines`;
  try {
    const answer = await client.exchange({
      method: "GET",
      path,
      query: { labelSelector: query.labelSelector, limit: query.limit, continue: query.from ?? undefined },
      bytesMax: pageBytesMax,
      signal,
    });
    const list = readAnswer(listSchema, readJson(answer.body));
    const items = (list.items ?? []).map((item) => asFound(item));
    return { items, next: list.metadata.continue || null, restarted: false };
  } catch (error) {
    const expired = error instanceof ClusterFailure && error.status === 410 && query.from !== null;
    if (!expired) throw error;
    return { ...(await listFoundMachines(client, { ...query, from: null }, signal)), restarted: true };
  }
}

export interface LabelPatch {
  apiVersion: "kubevirt.io/v1";
  kind: "VirtualMachine";
  metadata: { name: string; namespace: string; uid: string; labels: Record<string, string> };
}

/** The whole of what is sent; the uid is no field but a condition: another object of this name is left alone. */
export function labelPatch(machine: {
  namespace: string;
  name: string;
  uid: string;
  labels: Record<string, string>;
}): LabelPatch {
  const { namespace, name, uid, labels } = machine;
  return { apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", metadata: { name, namespace, uid, labels } };
}

/** Server-side apply of labels alone, without force. */
export async function applyLabels(
  client: ClusterClient,
  patch: LabelPatch,
  options: { dryRun: boolean; signal?: AbortSignal | undefined },
): Promise<FoundMachine> {
  const answer = await client.exchange({
    method: "PATCH",
    path: virtualMachinePath(patch.metadata.namespace, patch.metadata.name),
    query: {
      fieldManager: importFieldManager,
      fieldValidation: "Strict",
      dryRun: options.dryRun ? "All" : undefined,
    },
    headers: { "content-type": "application/apply-patch+yaml" },
    body: JSON.stringify(patch),
    signal: options.signal,
  });
  return asFound(readJson(answer.body, true), true);
}

const expandedShape = z.object({ spec: record });

/** The spec with what its instancetype and preference stand for; null where the cluster does not say. */
export async function readExpandedSpec(
  client: ClusterClient,
  place: { namespace: string; name: string },
): Promise<Record<string, unknown> | null> {
  const rest = { name: place.name, subresource: "expand-spec" };
  try {
    const path = subresourcePath(place.namespace, "virtualmachines", rest);
    const answer = await client.exchange({ method: "GET", path });
    const parsed = expandedShape.safeParse(readJson(answer.body));
    return parsed.success ? parsed.data.spec : null;
  } catch (error) {
    // An account that may not ask, or an older KubeVirt: the machine is taken over without these numbers.
    if (error instanceof ClusterFailure && error.kind !== "unavailable") return null;
    throw error;
  }
}
