import type { Json, JsonObject } from "./json";
import { isObject } from "./json";
import type { Kind } from "./kinds";

export type OwnerReference = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

export type ManagedFieldsEntry = {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  time: string;
  fieldsType: "FieldsV1";
  fieldsV1: JsonObject;
  subresource?: string;
};

type Metadata = {
  name: string;
  namespace?: string;
  generateName?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
};

export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec?: JsonObject;
  status?: JsonObject;
};

/** What a client or a scenario hands in before the server fills in the rest. */
export type ObjectDraft = {
  apiVersion: string;
  kind: string;
  metadata: Partial<Metadata> & { name: string };
  [key: string]: Json | undefined;
};

export type Condition = {
  type: string;
  status: "True" | "False" | "Unknown";
  reason?: string;
  message?: string;
  lastProbeTime?: string | null;
  lastTransitionTime?: string | null;
};

// A stored object is JSON by construction; its named members only describe some of the keys.
export function asJson(object: KubeObject | ObjectDraft): JsonObject {
  return object as JsonObject;
}

// The caller has checked apiVersion, kind and metadata of what it built; the rest of the shape is free.
export function asKubeObject(body: JsonObject): KubeObject {
  return body as KubeObject;
}

export function apiVersionOf(kind: Kind): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

export function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ""}/${name}`;
}

export function metadataOf(body: JsonObject): JsonObject {
  return isObject(body["metadata"]) ? body["metadata"] : {};
}

export function ownerReferenceTo(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
