import type { Call } from "./call";
import { badRequest, expired, tooLargeResourceVersion } from "./failures";
import type { Json, JsonObject } from "./json";
import type { Kind } from "./kinds";
import type { KubeObject } from "./objects";
import { apiVersionOf, asJson, keyOf } from "./objects";
import { parseSelectors } from "./selectors";
import type { Store } from "./store";

interface Position {
  revision: number;
  after: string;
}

interface Page {
  objects: KubeObject[];
  revision: number;
  continueToken: string;
  remaining: number;
}

/** A list, or one page of it; later pages show the objects as they were when the first was read. */
export function listObjects(store: Store, call: Call, kind: Kind, namespace: string | undefined): JsonObject {
  const page = readPage(store, call, kind, namespace);
  const metadata: JsonObject = { resourceVersion: String(page.revision) };
  if (page.continueToken !== "") {
    metadata["continue"] = page.continueToken;
    // The server does not count what a selector would still match.
    if (!call.query.get("labelSelector") && !call.query.get("fieldSelector")) {
      metadata["remainingItemCount"] = page.remaining;
    }
  }
  const items: Json[] = page.objects.map((object) => (kind.isCustom ? asJson(object) : withoutType(object)));
  return { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items };
}

// The members of a list of a built-in kind do not repeat what the list says.
function withoutType(object: KubeObject): JsonObject {
  const { apiVersion: _, kind: __, ...rest } = object;
  return rest;
}

function readPage(store: Store, call: Call, kind: Kind, namespace: string | undefined): Page {
  const start = startingPosition(store, call.query);
  const selected = parseSelectors(call.query) ?? (() => true);
  const all = start.revision === store.revision ? store.list(kind) : store.listAt(kind, start.revision);
  const rest = all
    .filter((object) => namespace === undefined || object.metadata.namespace === namespace)
    .filter(selected)
    .map((object) => ({ object, key: keyOf(object.metadata.namespace, object.metadata.name) }))
    .filter(({ key }) => key > start.after)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const limit = Number(call.query.get("limit") ?? 0) || rest.length;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const isComplete = rest.length <= limit || !last;
  return {
    objects: page.map(({ object }) => object),
    revision: start.revision,
    continueToken: isComplete ? "" : encodeToken({ revision: start.revision, after: last.key }),
    remaining: rest.length - page.length,
  };
}

function startingPosition(store: Store, query: URLSearchParams): Position {
  const token = query.get("continue");
  if (token) return continuedPosition(store, token);
  const wanted = parseRevision(query.get("resourceVersion"));
  if (wanted > store.revision) throw tooLargeResourceVersion(wanted, store.revision);
  if (query.get("resourceVersionMatch") !== "Exact") return { revision: store.revision, after: "" };
  if (wanted < store.compactedRevision)
    throw expired("The resourceVersion for the provided list is too old.");
  return { revision: wanted, after: "" };
}

function continuedPosition(store: Store, token: string): Position {
  const position = decodeToken(token);
  if (position.revision >= store.compactedRevision) return position;
  const message =
    "The provided continue parameter is too old to display a consistent list result. You can start a new list " +
    "without the continue parameter, or use the continue token in this response to retrieve the remainder of the " +
    "results. Continuing with the provided token results in an inconsistent list - objects that were created, " +
    "modified, or deleted between the time the first chunk was returned and now may show up in the list.";
  throw expired(message, { continue: encodeToken({ ...position, revision: store.revision }) });
}

export function parseRevision(text: string | null): number {
  if (!text) return 0;
  if (!/^\d+$/.test(text))
    throw badRequest(`Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  return Number(text);
}

function encodeToken(position: Position): string {
  return Buffer.from(
    JSON.stringify({ v: "meta.k8s.io/v1", rv: position.revision, start: position.after }),
  ).toString("base64url");
}

function decodeToken(token: string): Position {
  try {
    const parsed: { rv: number; start: string } = JSON.parse(Buffer.from(token, "base64url").toString());
    if (typeof parsed.rv === "number" && typeof parsed.start === "string") {
      return { revision: parsed.rv, after: parsed.start };
    }
  } catch {
    // Not a token of ours: answered like any other token that cannot be read.
  }
  throw badRequest(`continue key is not valid: illegal base64 data in token "${token.slice(0, 40)}"`);
}
