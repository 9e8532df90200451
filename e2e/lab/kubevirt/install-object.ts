import type { Cluster } from "./cluster";
import { createAs, writeStatusAs } from "./commit";
import type { JsonObject } from "./json";
import { findKindByName } from "./kinds";
import type { KubeObject, ObjectDraft } from "./objects";

export const writer = "cluster-installer";

export function installObject(cluster: Cluster, draft: ObjectDraft, status?: JsonObject): KubeObject {
  const kind = findKindByName(draft.apiVersion, draft.kind);
  if (!kind) throw new Error(`the lab does not serve ${draft.apiVersion} ${draft.kind}`);
  const created = createAs(cluster, writer, draft);
  return status ? writeStatusAs(cluster, writer, created, status) : created;
}
