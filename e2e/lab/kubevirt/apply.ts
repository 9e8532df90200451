import { admit } from "./admission/admit";
import { isDryRun } from "./call";
import { commit, newObject } from "./commit";
import { Failure, conflict, invalid } from "./failures";
import type { JsonObject } from "./json";
import { isObject } from "./json";
import {
  compareLeaves,
  conflictTexts,
  findConflicts,
  isSameManager,
  ownersAfterApply,
  readOwners,
} from "./managed-fields";
import type { Manager } from "./managed-fields";
import type { KubeObject } from "./objects";
import { apiVersionOf, asJson, asKubeObject, metadataOf } from "./objects";
import { findTypeErrors } from "./schema/check";
import { leavesOf } from "./schema/fields";
import { mergeApplied, removeField } from "./schema/merge";
import type { WriteRequest } from "./writes";
import {
  requireNamespace,
  requireSameName,
  requireSameType,
  requireValid,
  targetOf,
  withNativeDefaults,
} from "./writes";

/** Server-side apply. */
export function applyObject(request: WriteRequest, body: JsonObject): { object: KubeObject; isNew: boolean } {
  const { cluster, kind, namespace, name, call } = request;
  const manager = requireManager(request);
  requireSameType(kind, body);
  requireSameName(request, body);
  requireNamespace(cluster, kind, namespace);
  const config = withoutServerFields(request, body);
  requireDeclared(request, config);
  const schema = cluster.schemas.of(kind);
  const applied = new Set(leavesOf(cluster.schemas, schema, config).keys());
  const live = cluster.store.get(kind, namespace, name);
  requireGivenVersion(request, live, body);
  const proposed = live ? mergeInto(request, live, { config, applied, manager }) : create(request, config);
  const operation = live ? "UPDATE" : "CREATE";
  // A status is written through its own subresource, which the webhooks do not see.
  const next = request.subresource
    ? proposed
    : admit(cluster, { ...request, operation, live, next: proposed });
  requireValid(request, next);
  const before = live ? leavesOf(cluster.schemas, schema, asJson(live)) : new Map();
  const { changed, removed } = compareLeaves(before, leavesOf(cluster.schemas, schema, asJson(next)));
  const taken = new Set([...changed].filter((path) => applied.has(path)));
  const managedFields = ownersAfterApply(live, { applied, taken, removed }, manager, apiVersionOf(kind));
  const object = commit(cluster, { kind, live, next, managedFields, dryRun: isDryRun(call) });
  return { object, isNew: live === undefined };
}

function requireManager(request: WriteRequest): Manager {
  const name = request.call.query.get("fieldManager");
  if (name) return { name, operation: "Apply", subresource: request.subresource };
  const message = "Required value: is required for apply patch";
  const target = { kind: "PatchOptions", resource: "", group: "meta.k8s.io", name: "" };
  throw invalid(target, [{ reason: "FieldValueRequired", message, field: "fieldManager" }]);
}

function withoutServerFields(request: WriteRequest, body: JsonObject): JsonObject {
  const {
    managedFields,
    resourceVersion: _rv,
    uid: _uid,
    creationTimestamp: _at,
    ...metadata
  } = metadataOf(body);
  if (Array.isArray(managedFields) && managedFields.length > 0) {
    throw new Failure({ code: 400, reason: "BadRequest", message: "metadata.managedFields must be nil" });
  }
  const config: JsonObject = { ...body, metadata: { ...metadata, name: request.name } };
  if (request.subresource === "status") {
    return {
      apiVersion: body["apiVersion"],
      kind: body["kind"],
      metadata: { name: request.name },
      status: body["status"],
    };
  }
  if (request.kind.hasStatus) delete config["status"];
  return config;
}

function requireDeclared(request: WriteRequest, config: JsonObject): void {
  const { cluster, kind, namespace, name } = request;
  const schema = cluster.schemas.of(kind);
  const errors = schema ? findTypeErrors(cluster.schemas, schema, config) : [];
  if (errors.length === 0) return;
  const subject = namespace === undefined ? `/${name}` : `${namespace}/${name}`;
  const list = errors.length === 1 ? errors[0] : ["errors:", ...errors.map((line) => `  ${line}`)].join("\n");
  const message = `failed to create typed patch object (${subject}; ${apiVersionOf(kind)}, Kind=${kind.kind}): ${list}`;
  throw new Failure({ code: 500, message });
}

function requireGivenVersion(request: WriteRequest, live: KubeObject | undefined, body: JsonObject): void {
  const { resourceVersion, uid } = metadataOf(body);
  if (!live) {
    if (uid === undefined) return;
    throw conflict(
      targetOf(request),
      `uid mismatch: the provided object specified uid ${String(uid)}, and no existing object was found`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) {
    const advice =
      "the object has been modified; please apply your changes to the latest version and try again";
    throw conflict(targetOf(request), advice);
  }
}

function create(request: WriteRequest, config: JsonObject): KubeObject {
  const metadata = { ...metadataOf(config), name: request.name };
  const draft = { ...config, apiVersion: apiVersionOf(request.kind), kind: request.kind.kind, metadata };
  return withNativeDefaults(request.kind, newObject(request.kind, draft, request.namespace));
}

interface Application {
  config: JsonObject;
  applied: Set<string>;
  manager: Manager;
}

function mergeInto(request: WriteRequest, live: KubeObject, application: Application): KubeObject {
  const { config, applied, manager } = application;
  const { schemas } = request.cluster;
  const schema = request.cluster.schemas.of(request.kind) ?? {};
  const merged = mergeApplied(schemas, schema, asJson(live), config);
  const object = dropAbandoned(request, isObject(merged) ? merged : {}, live, application);
  const { changed } = compareLeaves(
    leavesOf(schemas, schema, asJson(live)),
    leavesOf(schemas, schema, object),
  );
  const contested = new Set([...changed].filter((path) => applied.has(path)));
  const conflicts = findConflicts(live, contested, manager);
  if (conflicts.length > 0 && request.call.query.get("force") !== "true") {
    const { message, causes } = conflictTexts(conflicts);
    throw new Failure({ code: 409, reason: "Conflict", message, details: { causes } });
  }
  return asKubeObject(object);
}

/** A field that its manager applied before and now leaves out goes, unless somebody else owns it too. */
function dropAbandoned(
  request: WriteRequest,
  merged: JsonObject,
  live: KubeObject,
  { applied, manager }: Application,
): JsonObject {
  const { schemas } = request.cluster;
  const schema = request.cluster.schemas.of(request.kind) ?? {};
  const owners = readOwners(live);
  const own = owners.find(({ entry }) => isSameManager(entry, manager));
  const others = owners.filter((owner) => owner !== own);
  const abandoned = [...(own?.paths ?? [])].filter(
    (path) => !applied.has(path) && !others.some((owner) => owner.paths.has(path)),
  );
  return abandoned.reduce((object, path) => removeField(schemas, schema, object, path), merged);
}
