import { createHash } from "node:crypto";
import type { Answer, Call } from "./call";
import { headerOf, ok } from "./call";
import type { Cluster } from "./cluster";
import { noSuchPath } from "./failures";
import type { Json, JsonObject } from "./json";
import type { Kind } from "./kinds";
import { kinds } from "./kinds";
import type { Schema, Schemas } from "./schema/schemas";

interface Document {
  text: string;
  hash: string;
}

const documents = new WeakMap<Schemas, Map<string, Document>>();

/** `/openapi/v3`: an index by group version, then one document each. */
export function answerOpenApi(cluster: Cluster, call: Call): Answer {
  if (call.path === "/openapi/v3") return ok(indexOf(cluster));
  const groupVersion = call.path.replace("/openapi/v3/", "");
  if (!groupVersions().includes(groupVersion)) throw noSuchPath();
  const document = documentOf(cluster, groupVersion);
  const etag = `"${document.hash}"`;
  const isPinned = call.query.get("hash") === document.hash;
  const headers = { etag, "cache-control": isPinned ? "public, immutable, max-age=31536000" : "no-cache" };
  if (headerOf(call, "if-none-match") === etag) return { code: 304, headers };
  return { code: 200, text: document.text, contentType: "application/json", headers };
}

function pathOf(kind: Kind): string {
  return kind.group === "" ? `api/${kind.version}` : `apis/${kind.group}/${kind.version}`;
}

function groupVersions(): string[] {
  return [...new Set(kinds.map(pathOf))];
}

function indexOf(cluster: Cluster): JsonObject {
  const paths: JsonObject = {};
  for (const groupVersion of groupVersions()) {
    const { hash } = documentOf(cluster, groupVersion);
    paths[groupVersion] = { serverRelativeURL: `/openapi/v3/${groupVersion}?hash=${hash}` };
  }
  return { paths };
}

function documentOf(cluster: Cluster, groupVersion: string): Document {
  const known = documents.get(cluster.schemas) ?? new Map<string, Document>();
  documents.set(cluster.schemas, known);
  const made = known.get(groupVersion);
  if (made) return made;
  const schemas: JsonObject = {};
  for (const kind of kinds.filter((one) => pathOf(one) === groupVersion)) {
    schemas[schemaName(kind)] = schemaOf(cluster.schemas, kind);
  }
  const info = { title: "Kubernetes", version: "v1.36.2" };
  const text = JSON.stringify({
    openapi: "3.0.0",
    info,
    paths: pathsOf(groupVersion),
    components: { schemas },
  });
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 64).toUpperCase();
  const document = { text, hash };
  known.set(groupVersion, document);
  return document;
}

/** `kubevirt.io/v1 VirtualMachine` is called `io.kubevirt.v1.VirtualMachine`. */
function schemaName(kind: Kind): string {
  const group = kind.group === "" ? ["io", "k8s", "api", "core"] : kind.group.split(".").reverse();
  return [...group, kind.version, kind.kind].join(".");
}

function schemaOf(schemas: Schemas, kind: Kind): JsonObject {
  const schema = schemas.of(kind);
  const body = schema
    ? inline(schemas, schema, [])
    : { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const { group, version, kind: name } = kind;
  return { ...body, "x-kubernetes-group-version-kind": [{ group, kind: name, version }] };
}

function inline(schemas: Schemas, declared: Schema, above: string[]): JsonObject {
  if (declared.$ref !== undefined && above.includes(declared.$ref)) return { type: "object" };
  const inside = declared.$ref === undefined ? above : [...above, declared.$ref];
  const {
    properties,
    additionalProperties,
    items,
    required,
    $ref: _,
    ...rest
  } = {
    ...schemas.resolve(declared),
    ...(declared.description !== undefined && { description: declared.description }),
  };
  const plain: JsonObject = { ...rest };
  if (rest["x-kubernetes-int-or-string"]) plain["anyOf"] = [{ type: "integer" }, { type: "string" }];
  if (rest.type === "integer") plain["format"] = "int32";
  if (required) plain["required"] = required;
  if (additionalProperties) plain["additionalProperties"] = inline(schemas, additionalProperties, inside);
  if (items) plain["items"] = inline(schemas, items, inside);
  if (properties) {
    const members = Object.entries(properties).map(([name, member]): [string, Json] => [
      name,
      inline(schemas, member, inside),
    ]);
    plain["properties"] = Object.fromEntries(members);
  }
  return plain;
}

function pathsOf(groupVersion: string): JsonObject {
  const paths: JsonObject = {};
  for (const kind of kinds.filter((one) => pathOf(one) === groupVersion)) {
    const base = `/${groupVersion}/${kind.namespaced ? "namespaces/{namespace}/" : ""}${kind.plural}`;
    for (const path of [base, `${base}/{name}`])
      paths[path] = { get: { responses: { "200": { description: "OK" } } } };
  }
  return paths;
}
