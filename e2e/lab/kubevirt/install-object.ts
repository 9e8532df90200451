import type { Cluster } from "./cluster";
import { createAs, writeStatusAs } from "./commit";
import type { JsonObject } from "./json";
import type { Kind } from "./kinds";
import { findKindByName } from "./kinds";
import type { KubeObject, ObjectDraft } from "./objects";

export const writer = "cluster-installer";

/** Creates what is not there yet, as an operator does at each start. */
export function ensureObject(cluster: Cluster, manager: string, draft: ObjectDraft): void {
  const kind = requireKind(draft);
  const namespace = kind.namespaced ? draft.metadata.namespace : undefined;
  if (!cluster.store.get(kind, namespace, draft.metadata.name)) createAs(cluster, manager, draft);
}

function requireKind(draft: ObjectDraft): Kind {
  const kind = findKindByName(draft.apiVersion, draft.kind);
  if (!kind) throw new Error(`the lab does not serve ${draft.apiVersion} ${draft.kind}`);
  return kind;
}

export function installObject(cluster: Cluster, draft: ObjectDraft, status?: JsonObject): KubeObject {
  requireKind(draft);
  const created = createAs(cluster, writer, draft);
  return status ? writeStatusAs(cluster, writer, created, status) : created;
}
