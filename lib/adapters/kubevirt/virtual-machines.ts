import { callCluster, type ClusterClient } from "./client";
import { ClusterFailure, cleanText } from "./failures";
import { checkedName, kubevirtGroup, virtualMachinePath } from "./paths";
import {
  listSchema,
  readAnswer,
  readJson,
  virtualMachineInstanceSchema,
  virtualMachineSchema,
  type VirtualMachine,
  type VirtualMachineInstance,
  type VirtualMachineManifest,
} from "./types";

export const fieldManager = "kubevirt-shepherd";

export interface AppliedVirtualMachine {
  object: VirtualMachine;
  /** 201: the name was free. */
  created: boolean;
  /** What the cluster wished to say beside its answer. */
  warnings: string[];
}

/** Server-side apply without force: the same manifest twice is one object, another manager's field is a conflict. */
export async function applyVirtualMachine(
  client: ClusterClient,
  manifest: VirtualMachineManifest,
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<AppliedVirtualMachine> {
  const { namespace, name } = manifest.metadata;
  const answer = await client.exchange({
    method: "PATCH",
    path: virtualMachinePath(namespace, name),
    query: { fieldManager, fieldValidation: "Strict", dryRun: options.dryRun ? "All" : undefined },
    headers: { "content-type": "application/apply-patch+yaml" },
    body: JSON.stringify(manifest),
    signal: options.signal,
  });
  const object = readAnswer(virtualMachineSchema, readJson(answer.body, true), true);
  return { object, created: answer.status === 201, warnings: readWarnings(answer.headers["warning"]) };
}

/** Null when there is none. */
export function readVirtualMachine(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<VirtualMachine | null> {
  return orNull(async () => {
    const object = await readObject(client, "virtualmachines", { namespace, name });
    return readAnswer(virtualMachineSchema, object);
  });
}

/** Null when the VM is not running. */
export function readVirtualMachineInstance(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<VirtualMachineInstance | null> {
  return orNull(async () => {
    const object = await readObject(client, "virtualmachineinstances", { namespace, name });
    return readAnswer(virtualMachineInstanceSchema, object);
  });
}

export interface VirtualMachinePage {
  items: VirtualMachine[];
  resourceVersion: string;
  /** Where the next page starts; absent on the last one. */
  continue?: string;
}

/** All namespaces unless one is named. */
export async function listVirtualMachines(
  client: ClusterClient,
  query: { namespace?: string; labelSelector?: string; limit?: number; continue?: string } = {},
): Promise<VirtualMachinePage> {
  const { namespace, continue: from, ...rest } = query;
  const page = { ...rest, ...(from === undefined ? {} : { _continue: from }) };
  const answer: unknown = await callCluster(() =>
    namespace === undefined
      ? client.customObjects.listCustomObjectForAllNamespaces({
          ...kubevirtGroup,
          resourcePlural: "virtualmachines",
          ...page,
        })
      : client.customObjects.listNamespacedCustomObject({
          ...kubevirtGroup,
          namespace: checkedName(namespace),
          plural: "virtualmachines",
          ...page,
        }),
  );
  const list = readAnswer(listSchema, answer);
  const items = (list.items ?? []).map((item) => readAnswer(virtualMachineSchema, item));
  const next = list.metadata.continue;
  return { items, resourceVersion: list.metadata.resourceVersion, ...(next ? { continue: next } : {}) };
}

/** Deletes exactly the object that was meant; a new one under the same name is a conflict. */
export async function deleteVirtualMachine(
  client: ClusterClient,
  namespace: string,
  name: string,
  expected: { uid: string },
): Promise<{ alreadyGone: boolean }> {
  const removed = await orNull(async () => {
    await callCluster(
      () =>
        client.customObjects.deleteNamespacedCustomObject({
          ...kubevirtGroup,
          namespace: checkedName(namespace),
          plural: "virtualmachines",
          name: checkedName(name),
          body: { preconditions: { uid: expected.uid } },
        }),
      true,
    );
    return true;
  });
  return { alreadyGone: removed === null };
}

async function readObject(
  client: ClusterClient,
  plural: "virtualmachines" | "virtualmachineinstances",
  place: { namespace: string; name: string },
): Promise<unknown> {
  const namespace = checkedName(place.namespace);
  const name = checkedName(place.name);
  return callCluster(() =>
    client.customObjects.getNamespacedCustomObject({ ...kubevirtGroup, namespace, plural, name }),
  );
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

const warningsMax = 20;

function readWarnings(header: string | undefined): string[] {
  const quoted = /\b299 \S+ "((?:[^"\\]|\\.)*)"/g;
  return [...(header ?? "").matchAll(quoted)]
    .slice(0, warningsMax)
    .map((match) => cleanText((match[1] ?? "").replace(/\\(.)/g, "$1"), 500));
}
