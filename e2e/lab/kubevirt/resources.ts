import type { Answer, Call } from "./call";
import { headerOf, isDryRun, ok, parseBody, parseObject } from "./call";
import { applyObject } from "./apply";
import type { Cluster } from "./cluster";
import { deleteObject } from "./commit";
import { badRequest, conflict, methodNotAllowed, notFound, unsupportedMediaType } from "./failures";
import type { JsonObject } from "./json";
import { isObject, textAt } from "./json";
import { listObjects } from "./lists";
import type { KubeObject } from "./objects";
import { asJson } from "./objects";
import { jsonPatch, mergePatch } from "./patch";
import type { ObjectPath } from "./paths";
import { parseSelectors } from "./selectors";
import { asMetadata, asTable, wantsMetadata, wantsTable } from "./table";
import type { WriteRequest } from "./writes";
import { createObject, replaceObject, requireLive, targetOf } from "./writes";

const customPatchTypes = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/apply-patch+yaml",
];

/** The verb as RBAC and the request counters name it. */
export function verbOf(call: Call, path: ObjectPath): string {
  const isWatch = ["true", "1"].includes(call.query.get("watch") ?? "");
  switch (call.method) {
    case "GET":
      if (path.name !== undefined) return "get";
      return isWatch ? "watch" : "list";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return path.name === undefined ? "deletecollection" : "delete";
    default:
      throw methodNotAllowed();
  }
}

/** Everything that can be asked of an ordinary object; a watch answers through its own stream. */
export function answerResource(cluster: Cluster, call: Call, path: ObjectPath): Answer | undefined {
  const { kind, namespace, name } = path;
  const request: WriteRequest = { cluster, call, ...path, name: name ?? "", warnings: [] };
  switch (verbOf(call, path)) {
    case "watch":
      cluster.watches.open(call, kind, namespace);
      return undefined;
    case "list": {
      const list = listObjects(cluster.store, call, kind, namespace);
      if (wantsMetadata(call)) return ok(asMetadata(list));
      return ok(wantsTable(call) ? asTable(kind, list) : list);
    }
    case "get":
      return ok(asJson(requireLive(request)));
    case "create":
      if (name !== undefined) throw methodNotAllowed();
      return written(201, createObject(request, parseObject(call)), request);
    case "update":
      return written(200, replaceObject(request, requireLive(request), parseObject(call)), request);
    case "patch":
      return answerPatch(request);
    case "delete":
      return answerDelete(request);
    default:
      return answerDeleteCollection(request);
  }
}

function written(code: number, object: KubeObject, request: WriteRequest): Answer {
  const warnings = request.warnings.map((text) => `299 - ${JSON.stringify(text)}`);
  const headers = warnings.length > 0 ? { warning: warnings.join(", ") } : {};
  return { code, body: asJson(object), headers };
}

function answerPatch(request: WriteRequest): Answer {
  const { call, kind } = request;
  if (call.contentType === "application/apply-patch+yaml") {
    const { object, isNew } = applyObject(request, parseObject(call));
    return written(isNew ? 201 : 200, object, request);
  }
  // Built-in kinds also take a strategic merge; their maps merge alike, only keyed lists would differ.
  const isMerge = call.contentType === "application/merge-patch+json";
  const isStrategic = call.contentType === "application/strategic-merge-patch+json" && !kind.isCustom;
  if (!isMerge && !isStrategic && call.contentType !== "application/json-patch+json") {
    throw unsupportedMediaType(customPatchTypes);
  }
  const live = requireLive(request);
  const isJsonPatch = call.contentType === "application/json-patch+json";
  const patch = parseBody(call);
  const next = isJsonPatch ? jsonPatch(asJson(live), patch) : mergePatch(asJson(live), patch);
  if (!isObject(next)) throw badRequest("error decoding patch: the body is not an object");
  return written(200, replaceObject(request, live, next), request);
}

function answerDelete(request: WriteRequest): Answer {
  const { cluster, call, kind } = request;
  const live = requireLive(request);
  requirePreconditions(request, live);
  const deleted = deleteObject(cluster, kind, live, isDryRun(call));
  const isHeld = (deleted.metadata.finalizers ?? []).length > 0 || !kind.isCustom;
  return ok(isHeld ? asJson(deleted) : deletedStatus(request, deleted));
}

function requirePreconditions(request: WriteRequest, live: KubeObject): void {
  const body = request.call.body.length > 0 ? parseObject(request.call) : {};
  const uid = textAt(body, "preconditions", "uid");
  if (uid !== undefined && uid !== live.metadata.uid) {
    throw conflict(
      targetOf(request),
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
    );
  }
  const version = textAt(body, "preconditions", "resourceVersion");
  if (version !== undefined && version !== live.metadata.resourceVersion) {
    const cause = `Precondition failed: ResourceVersion in precondition: ${version}, ResourceVersion in object meta: ${live.metadata.resourceVersion}`;
    throw conflict(targetOf(request), cause);
  }
}

function deletedStatus(request: WriteRequest, deleted: KubeObject): JsonObject {
  const { kind } = request;
  const details = {
    name: deleted.metadata.name,
    ...(kind.group !== "" && { group: kind.group }),
    kind: kind.plural,
    uid: deleted.metadata.uid,
  };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

function answerDeleteCollection(request: WriteRequest): Answer {
  const { cluster, call, kind, namespace } = request;
  if (call.method !== "DELETE") throw notFound(targetOf(request));
  const selected = parseSelectors(call.query) ?? (() => true);
  const list = listObjects(cluster.store, call, kind, namespace);
  for (const object of cluster.store.list(kind, namespace).filter(selected)) {
    deleteObject(cluster, kind, object, isDryRun(call));
  }
  return ok(list);
}

export function requestIdOf(call: Call): string {
  return headerOf(call, "x-request-id");
}
