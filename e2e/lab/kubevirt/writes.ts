import { admit } from "./admission/admit";
import type { Call } from "./call";
import { fieldManagerOf, isDryRun } from "./call";
import type { Cluster } from "./cluster";
import { commit, newObject } from "./commit";
import { Failure, alreadyExists, badRequest, conflict, invalid, notFound } from "./failures";
import type { Cause } from "./failures";
import type { JsonObject } from "./json";
import { isObject, objectAt, textAt } from "./json";
import type { Kind } from "./kinds";
import { namespaceKind } from "./kinds";
import { ownersAfterUpdate } from "./managed-fields";
import type { Manager } from "./managed-fields";
import type { KubeObject, ObjectDraft } from "./objects";
import { apiVersionOf, asJson, asKubeObject, metadataOf } from "./objects";
import { findViolations, pruneUnknown } from "./schema/check";

/** One write as it travels from the request to the store. */
export interface WriteRequest {
  cluster: Cluster;
  call: Call;
  kind: Kind;
  namespace: string | undefined;
  name: string;
  subresource: string | undefined;
  warnings: string[];
}

export function targetOf(request: Pick<WriteRequest, "kind" | "name">) {
  const { kind, name } = request;
  return { kind: kind.kind, resource: kind.plural, group: kind.group, name };
}

export function createObject(request: WriteRequest, written: JsonObject): KubeObject {
  const { cluster, kind, namespace, call } = request;
  const body = withAssumedType(kind, written);
  requireSameType(kind, body);
  const draft = asDraft(request, body);
  requireNamespace(cluster, kind, namespace);
  if (cluster.store.get(kind, namespace, draft.metadata.name)) throw alreadyExists(targetOf(request));
  const manager: Manager = { name: fieldManagerOf(call), operation: "Update" };
  const pruned = asDraft(request, prune(request, withoutStatus(kind, draft)));
  const proposed = withNativeDefaults(kind, newObject(kind, pruned, namespace));
  const next = admit(cluster, { ...request, operation: "CREATE", live: undefined, next: proposed });
  requireValid(request, next);
  const managedFields = ownersAfterUpdate(
    { schemas: cluster.schemas, schema: cluster.schemas.of(kind) },
    undefined,
    next,
    manager,
  );
  return commit(cluster, { kind, live: undefined, next, managedFields, dryRun: isDryRun(call) });
}

/** PUT, and what a merge or JSON patch comes down to. */
export function replaceObject(request: WriteRequest, live: KubeObject, written: JsonObject): KubeObject {
  const { cluster, kind, call, subresource } = request;
  const body = withAssumedType(kind, written);
  requireSameType(kind, body);
  requireSameName(request, body);
  requireCurrent(request, live, body);
  // The status of such a kind is not written here, whatever the body says of it.
  const pruned = prune(request, subresource === "status" ? body : withoutStatus(kind, body));
  const next = keepServerFields(request, live, pruned);
  const admitted =
    subresource === "status" ? next : admit(cluster, { ...request, operation: "UPDATE", live, next });
  requireValid(request, admitted);
  const manager: Manager = { name: fieldManagerOf(call), operation: "Update", subresource };
  const managedFields = ownersAfterUpdate(
    { schemas: cluster.schemas, schema: cluster.schemas.of(kind) },
    live,
    admitted,
    manager,
  );
  return commit(cluster, { kind, live, next: admitted, managedFields, dryRun: isDryRun(call) });
}

export function requireLive(request: WriteRequest): KubeObject {
  const { cluster, kind, namespace, name } = request;
  const live = cluster.store.get(kind, namespace, name);
  if (!live) throw notFound(targetOf(request));
  return live;
}

// The type of a built-in object follows from the address; a custom one has to say it.
function withAssumedType(kind: Kind, body: JsonObject): JsonObject {
  return kind.isCustom ? body : { apiVersion: apiVersionOf(kind), kind: kind.kind, ...body };
}

export function requireSameType(kind: Kind, body: JsonObject): void {
  const expected = `${apiVersionOf(kind)}, Kind=${kind.kind}`;
  const got = `${String(body["apiVersion"] ?? "")}, Kind=${String(body["kind"] ?? "")}`;
  if (body["apiVersion"] === undefined && body["kind"] === undefined) {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body).slice(0, 120)}'`);
  }
  if (got !== expected) throw badRequest(`invalid object type: ${got}, expected ${expected}`);
}

export function requireSameName(request: Pick<WriteRequest, "name" | "namespace">, body: JsonObject): void {
  const name = textAt(metadataOf(body), "name");
  if (name !== undefined && name !== request.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${request.name})`);
  }
  const namespace = textAt(metadataOf(body), "namespace");
  if (namespace !== undefined && namespace !== request.namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
}

export function requireNamespace(cluster: Cluster, kind: Kind, namespace: string | undefined): void {
  if (!kind.namespaced || namespace === undefined) return;
  const found = cluster.store.get(namespaceKind, undefined, namespace);
  if (!found) throw notFound({ resource: "namespaces", group: "", name: namespace });
  if (found.metadata.deletionTimestamp === undefined) return;
  const cause = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw new Failure({ code: 403, reason: "Forbidden", message: `${kind.plural} is forbidden: ${cause}` });
}

export function requireValid(request: WriteRequest, next: KubeObject): void {
  const { cluster, kind } = request;
  const schema = cluster.schemas.of(kind);
  const name = next.metadata.name;
  const causes: Cause[] =
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && name.length <= 253 ? [] : [badName(name)];
  if (schema && kind.isCustom) {
    const { status: _, ...desired } = asJson(next);
    causes.push(...findViolations(cluster.schemas, schema, desired));
  }
  if (causes.length > 0) throw invalid({ ...targetOf(request), name }, causes);
}

/** What the API server itself fills into the built-in kinds. */
export function withNativeDefaults(kind: Kind, object: KubeObject): KubeObject {
  if (kind !== namespaceKind) return object;
  const labels = { ...object.metadata.labels, "kubernetes.io/metadata.name": object.metadata.name };
  const metadata = { ...object.metadata, labels };
  return { ...object, metadata, spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } };
}

function badName(name: string): Cause {
  const message =
    `Invalid value: ${JSON.stringify(name)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric ` +
    "characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used " +
    "for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  return { reason: "FieldValueInvalid", message, field: "metadata.name" };
}

function requireCurrent(request: WriteRequest, live: KubeObject, body: JsonObject): void {
  const given = metadataOf(body)["resourceVersion"];
  const uid = metadataOf(body)["uid"];
  if (given === undefined || given === "" || given === "0") {
    if (!request.kind.isCustom) return;
    const message = "Invalid value: 0: must be specified for an update";
    throw invalid(targetOf(request), [
      { reason: "FieldValueInvalid", message, field: "metadata.resourceVersion" },
    ]);
  }
  if (given !== live.metadata.resourceVersion) {
    const advice =
      "the object has been modified; please apply your changes to the latest version and try again";
    throw conflict(targetOf(request), advice);
  }
  if (uid !== undefined && uid !== "" && uid !== live.metadata.uid) {
    const cause = `Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${live.metadata.uid}`;
    throw conflict(targetOf(request), cause);
  }
}

function asDraft(request: WriteRequest, body: JsonObject): ObjectDraft {
  const metadata = metadataOf(body);
  const prefix = textAt(metadata, "generateName");
  const suffix = Math.random().toString(36).slice(2, 7).padEnd(5, "0");
  const name = textAt(metadata, "name") ?? (prefix === undefined ? undefined : prefix + suffix);
  if (name === undefined) {
    const message = "Required value: name or generateName is required";
    throw invalid({ ...targetOf(request), name: "" }, [
      { reason: "FieldValueRequired", message, field: "metadata.name" },
    ]);
  }
  request.name = name;
  requireSameName(request, body);
  return {
    ...body,
    apiVersion: apiVersionOf(request.kind),
    kind: request.kind.kind,
    metadata: { ...metadata, name },
  };
}

function withoutStatus(kind: Kind, body: JsonObject): JsonObject {
  if (!kind.hasStatus) return body;
  const { status: _, ...rest } = body;
  return rest;
}

function prune(request: WriteRequest, body: JsonObject): JsonObject {
  const { cluster, kind, call, warnings } = request;
  const schema = cluster.schemas.of(kind);
  if (!schema) return body;
  const { value, unknown } = pruneUnknown(cluster.schemas, schema, body);
  if (unknown.length > 0 && call.query.get("fieldValidation") === "Strict") {
    const list = unknown.map((path) => `unknown field ${JSON.stringify(path)}`).join(", ");
    const subject = `${kind.kind} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}`;
    throw badRequest(`${subject}: strict decoding error: ${list}`);
  }
  if (call.query.get("fieldValidation") !== "Ignore") {
    warnings.push(...unknown.map((path) => `unknown field ${JSON.stringify(path)}`));
  }
  return isObject(value) ? value : {};
}

function keepServerFields(request: WriteRequest, live: KubeObject, body: JsonObject): KubeObject {
  const { kind, subresource } = request;
  const { labels, annotations, finalizers, ownerReferences } = objectAt(body, "metadata");
  const given = { labels, annotations, finalizers, ownerReferences };
  const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (subresource === "status") return asKubeObject({ ...asJson(live), status: body["status"] });
  const { labels: _l, annotations: _a, finalizers: _f, ownerReferences: _o, ...kept } = live.metadata;
  const status = kind.hasStatus ? live.status : body["status"];
  const next: JsonObject = { ...body, metadata: { ...kept, ...wanted } };
  delete next["status"];
  return asKubeObject(status === undefined ? next : { ...next, status });
}
