import type { ServerResponse } from "node:http";
import type { Call } from "./call";
import type { Clock } from "./clock";
import { expired, invalid, tooLargeResourceVersion } from "./failures";
import type { Faults } from "./faults";
import type { JsonObject } from "./json";
import type { Kind } from "./kinds";
import { parseRevision } from "./lists";
import type { KubeObject } from "./objects";
import { apiVersionOf } from "./objects";
import type { Selector } from "./selectors";
import { parseSelectors } from "./selectors";
import type { Store, StoreEvent } from "./store";

const bookmarkEveryMs = 60_000;
const longestWatchSeconds = 2400;

interface Subscription {
  kind: Kind;
  namespace: string | undefined;
  selector: Selector | undefined;
  wantsBookmarks: boolean;
  target: string;
  response: ServerResponse;
  end: () => void;
}

/** Every open watch of the cluster. */
export class Watches {
  #open = new Set<Subscription>();
  #lines = new WeakMap<KubeObject, string>();
  readonly #store: Store;
  readonly #faults: Faults;

  constructor(store: Store, clock: Clock, faults: Faults) {
    this.#store = store;
    this.#faults = faults;
    store.onEvent((event) => this.#publish(event));
    clock.every(bookmarkEveryMs, () => {
      for (const watch of this.#open) this.#sendBookmark(watch);
    });
    faults.onChange(() => this.#breakWatches());
  }

  get count(): number {
    return this.#open.size;
  }

  open(call: Call, kind: Kind, namespace: string | undefined): void {
    const { query, response } = call;
    const wantsInitial = query.get("sendInitialEvents") === "true";
    requireCompleteInitialRequest(query, wantsInitial);
    const from = parseRevision(query.get("resourceVersion"));
    if (from > this.#store.revision) throw tooLargeResourceVersion(from, this.#store.revision);
    const watch: Subscription = {
      kind,
      namespace,
      selector: parseSelectors(query),
      wantsBookmarks: query.get("allowWatchBookmarks") === "true",
      target: call.url.pathname + call.url.search,
      response,
      end: () => undefined,
    };
    response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache, private" });
    response.flushHeaders();
    if (!wantsInitial && from > 0 && from < this.#store.compactedRevision) {
      this.#sendExpired(watch, from);
      return;
    }
    this.#sendPast(watch, wantsInitial, from);
    this.#keep(watch, Number(query.get("timeoutSeconds") ?? 0) || longestWatchSeconds);
    this.#breakWatches();
  }

  /** Cuts every open watch without a word, as a restarted load balancer does. */
  dropAll(): number {
    const dropped = this.#open.size;
    for (const watch of [...this.#open]) watch.response.destroy();
    return dropped;
  }

  #keep(watch: Subscription, timeoutSeconds: number): void {
    const milliseconds = timeoutSeconds * 1000;
    const beforeEnd = setTimeout(
      () => this.#sendBookmark(watch),
      milliseconds - Math.min(2000, milliseconds / 4),
    );
    const atEnd = setTimeout(() => watch.response.end(), milliseconds);
    beforeEnd.unref();
    atEnd.unref();
    watch.end = () => {
      clearTimeout(beforeEnd);
      clearTimeout(atEnd);
      this.#open.delete(watch);
    };
    this.#open.add(watch);
    watch.response.on("close", watch.end);
  }

  #sendPast(watch: Subscription, wantsInitial: boolean, from: number): void {
    if (!wantsInitial && from > 0) {
      for (const event of this.#store.eventsSince(watch.kind, from)) this.#send(watch, event);
      return;
    }
    for (const object of this.#store.list(watch.kind, watch.namespace)) {
      if (watch.selector?.(object) ?? true)
        this.#write(watch, `{"type":"ADDED","object":${this.#line(object)}}\n`);
    }
    if (wantsInitial) this.#sendBookmark(watch, { "k8s.io/initial-events-end": "true" });
  }

  #publish(event: StoreEvent): void {
    for (const watch of this.#open) this.#send(watch, event);
  }

  #send(watch: Subscription, event: StoreEvent): void {
    if (event.kind !== watch.kind) return;
    if (watch.namespace !== undefined && event.object.metadata.namespace !== watch.namespace) return;
    const type = typeSeenThrough(watch.selector, event);
    if (!type) return;
    this.#write(watch, `{"type":"${type}","object":${this.#line(event.object)}}\n`);
  }

  #sendBookmark(watch: Subscription, annotations?: Record<string, string>): void {
    if (!watch.wantsBookmarks) return;
    const metadata: JsonObject = { resourceVersion: String(this.#store.revision) };
    if (annotations) metadata["annotations"] = annotations;
    const object = { kind: watch.kind.kind, apiVersion: apiVersionOf(watch.kind), metadata };
    this.#write(watch, `${JSON.stringify({ type: "BOOKMARK", object })}\n`);
  }

  #sendExpired(watch: Subscription, from: number): void {
    const failure = expired(`too old resource version: ${from} (${this.#store.compactedRevision})`);
    watch.response.end(`${JSON.stringify({ type: "ERROR", object: failure.status })}\n`);
  }

  #write(watch: Subscription, line: string): void {
    if (watch.response.destroyed || this.#faults.has("watchHalfOpen", "GET", watch.target)) return;
    if (this.#faults.take("corruptLine", "GET", watch.target)) {
      watch.response.write(`${line.slice(0, Math.floor(line.length / 2))}\n`);
      return;
    }
    watch.response.write(line);
  }

  #breakWatches(): void {
    for (const watch of [...this.#open]) {
      if (this.#faults.take("watch410", "GET", watch.target)) this.#sendExpired(watch, this.#store.revision);
      else if (this.#faults.take("watchReset", "GET", watch.target)) watch.response.destroy();
    }
  }

  #line(object: KubeObject): string {
    const known = this.#lines.get(object);
    if (known !== undefined) return known;
    const line = JSON.stringify(object);
    this.#lines.set(object, line);
    return line;
  }
}

/** An object that starts or stops matching the selector is added to, or deleted from, what this watch sees. */
function typeSeenThrough(selector: Selector | undefined, event: StoreEvent): StoreEvent["type"] | undefined {
  if (!selector) return event.type;
  const matches = selector(event.object);
  const matched = event.previous !== undefined && selector(event.previous);
  if (event.type === "DELETED") return matches || matched ? "DELETED" : undefined;
  if (matches) return matched ? "MODIFIED" : "ADDED";
  return matched ? "DELETED" : undefined;
}

function requireCompleteInitialRequest(query: URLSearchParams, wantsInitial: boolean): void {
  if (!wantsInitial || query.get("resourceVersionMatch") === "NotOlderThan") return;
  const message = "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
  throw invalid({ kind: "ListOptions", resource: "", group: "meta.k8s.io", name: "" }, [
    { reason: "FieldValueForbidden", message, field: "resourceVersionMatch" },
  ]);
}
