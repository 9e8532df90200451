import type { Cluster } from "../cluster";
import { commit, deleteObject } from "../commit";
import type { Kind } from "../kinds";
import { kinds, namespaceKind } from "../kinds";
import type { KubeObject } from "../objects";
import { keyOf } from "../objects";
import type { StoreEvent } from "../store";

interface Dependent {
  kind: Kind;
  namespace: string | undefined;
  name: string;
}

/** Deletes what belonged to an object that is gone, and empties namespaces that are being deleted. */
export function startGarbageCollector(cluster: Cluster): void {
  const dependents = new Map<string, Map<string, Dependent>>();
  const note = (kind: Kind, object: KubeObject) => {
    for (const owner of object.metadata.ownerReferences ?? []) {
      const { namespace, name } = object.metadata;
      const known = dependents.get(owner.uid) ?? new Map<string, Dependent>();
      known.set(`${kind.plural} ${keyOf(namespace, name)}`, { kind, namespace, name });
      dependents.set(owner.uid, known);
    }
  };
  for (const kind of kinds) for (const object of cluster.store.list(kind)) note(kind, object);
  cluster.store.onEvent((event) => {
    if (event.type !== "DELETED") note(event.kind, event.object);
    else collectLater(cluster, dependents, event);
    if (isNamespaceEnding(event)) setImmediate(() => emptyNamespace(cluster, event.object.metadata.name));
  });
  for (const namespace of cluster.store.list(namespaceKind)) {
    if (namespace.metadata.deletionTimestamp !== undefined) emptyNamespace(cluster, namespace.metadata.name);
  }
}

function collectLater(
  cluster: Cluster,
  dependents: Map<string, Map<string, Dependent>>,
  event: StoreEvent,
): void {
  const { uid } = event.object.metadata;
  const orphans = dependents.get(uid);
  if (!orphans) return;
  dependents.delete(uid);
  setImmediate(() => {
    for (const { kind, namespace, name } of orphans.values()) {
      const live = cluster.store.get(kind, namespace, name);
      if (live?.metadata.ownerReferences?.some((owner) => owner.uid === uid))
        deleteObject(cluster, kind, live);
    }
  });
}

function isNamespaceEnding(event: StoreEvent): boolean {
  if (event.kind !== namespaceKind || event.type === "DELETED") return false;
  return (
    event.object.metadata.deletionTimestamp !== undefined &&
    event.previous?.metadata.deletionTimestamp === undefined
  );
}

function emptyNamespace(cluster: Cluster, name: string): void {
  const namespace = cluster.store.get(namespaceKind, undefined, name);
  if (!namespace) return;
  const contents = kinds
    .filter((kind) => kind.namespaced)
    .flatMap((kind) => cluster.store.list(kind, name).map((object) => ({ kind, object })));
  for (const { kind, object } of contents) deleteObject(cluster, kind, object);
  if (contents.length > 0) {
    cluster.clock.after(300, () => emptyNamespace(cluster, name));
    return;
  }
  const next = { ...namespace, spec: { ...namespace.spec, finalizers: [] } };
  commit(cluster, {
    kind: namespaceKind,
    live: namespace,
    next,
    managedFields: next.metadata.managedFields ?? [],
  });
}
