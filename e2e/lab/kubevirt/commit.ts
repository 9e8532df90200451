import { randomUUID } from "node:crypto";
import { timestamp } from "./clock";
import type { Cluster } from "./cluster";
import { isEqual } from "./json";
import type { Kind } from "./kinds";
import { findKindByName, namespaceKind } from "./kinds";
import type { Manager } from "./managed-fields";
import { ownersAfterUpdate } from "./managed-fields";
import type { KubeObject, ManagedFieldsEntry, ObjectDraft } from "./objects";
import { apiVersionOf, asJson, asKubeObject } from "./objects";

export interface Write {
  kind: Kind;
  live: KubeObject | undefined;
  next: KubeObject;
  managedFields: ManagedFieldsEntry[];
  dryRun?: boolean;
}

/** The one way into the store: generation, no-op writes and the end of a deletion are decided here. */
export function commit(cluster: Cluster, write: Write): KubeObject {
  const { kind, live, managedFields } = write;
  const next = withGeneration(kind, live, {
    ...write.next,
    metadata: { ...write.next.metadata, managedFields },
  });
  if (live && isEqual(asJson(live), asJson(next))) return live;
  if (write.dryRun) return next;
  const isGone = next.metadata.deletionTimestamp !== undefined && !isHeld(kind, next);
  return isGone ? cluster.store.remove(kind, next) : cluster.store.put(kind, next);
}

/** Whether something must still be done before the object may go; namespaces say so in their spec. */
function isHeld(kind: Kind, object: KubeObject): boolean {
  const inSpec = kind === namespaceKind ? object.spec?.["finalizers"] : undefined;
  return (object.metadata.finalizers ?? []).length > 0 || (Array.isArray(inSpec) && inSpec.length > 0);
}

function withGeneration(kind: Kind, live: KubeObject | undefined, next: KubeObject): KubeObject {
  const generation = live ? (live.metadata.generation ?? 1) + (hasNewDesire(kind, live, next) ? 1 : 0) : 1;
  return { ...next, metadata: { ...next.metadata, generation } };
}

// Without a status subresource the status counts as something desired, as it does for instances.
function hasNewDesire(kind: Kind, live: KubeObject, next: KubeObject): boolean {
  const { metadata: liveMetadata, status: liveStatus, ...liveRest } = live;
  const { metadata: nextMetadata, status: nextStatus, ...nextRest } = next;
  if (!isEqual(liveRest, nextRest)) return true;
  if (liveMetadata.deletionTimestamp !== nextMetadata.deletionTimestamp) return true;
  return !kind.hasStatus && !isEqual(liveStatus, nextStatus);
}

/** Completes what a client or a scenario wrote into an object that can be stored. */
export function newObject(kind: Kind, draft: ObjectDraft, namespace: string | undefined): KubeObject {
  const { metadata, apiVersion: _, kind: __, ...rest } = draft;
  return asKubeObject({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: {
      ...metadata,
      ...(namespace !== undefined && { namespace }),
      uid: randomUUID(),
      resourceVersion: "",
      creationTimestamp: timestamp(),
      generation: 1,
    },
    ...rest,
  });
}

/** A write by one of the cluster's own controllers, or by a person with kubectl. */
export function writeAs(
  cluster: Cluster,
  managerName: string,
  live: KubeObject,
  next: KubeObject,
): KubeObject {
  return update(cluster, { name: managerName, operation: "Update" }, live, next);
}

export function createAs(cluster: Cluster, managerName: string, draft: ObjectDraft): KubeObject {
  const next = newObject(kindOf(draft), draft, draft.metadata.namespace);
  return update(cluster, { name: managerName, operation: "Update" }, undefined, next);
}

export function writeStatusAs(
  cluster: Cluster,
  managerName: string,
  live: KubeObject,
  status: KubeObject["status"],
): KubeObject {
  if (isEqual(live.status, status)) return live;
  const { status: _, ...rest } = live;
  const next = status === undefined ? rest : { ...rest, status };
  const subresource = kindOf(live).hasStatus ? "status" : undefined;
  return update(cluster, { name: managerName, operation: "Update", subresource }, live, next);
}

function update(
  cluster: Cluster,
  manager: Manager,
  live: KubeObject | undefined,
  next: KubeObject,
): KubeObject {
  const kind = kindOf(next);
  const typed = { schemas: cluster.schemas, schema: cluster.schemas.of(kind) };
  const managedFields = ownersAfterUpdate(typed, live, next, manager);
  return commit(cluster, { kind, live, next, managedFields });
}

function kindOf(object: Pick<KubeObject, "apiVersion" | "kind">): Kind {
  const kind = findKindByName(object.apiVersion, object.kind);
  if (!kind) throw new Error(`the lab does not serve ${object.apiVersion} ${object.kind}`);
  return kind;
}

/** Marks an object for deletion, or removes it at once when no finalizer holds it. */
export function deleteObject(cluster: Cluster, kind: Kind, live: KubeObject, dryRun = false): KubeObject {
  if (live.metadata.deletionTimestamp !== undefined && isHeld(kind, live)) return live;
  const metadata = { ...live.metadata, deletionTimestamp: timestamp(), deletionGracePeriodSeconds: 0 };
  const status = kind === namespaceKind ? { ...live.status, phase: "Terminating" } : live.status;
  const next = { ...live, metadata, ...(status && { status }) };
  return commit(cluster, { kind, live, next, managedFields: live.metadata.managedFields ?? [], dryRun });
}
