import type { Kind } from "./kinds";
import { kinds, resourceName } from "./kinds";
import type { KubeObject } from "./objects";
import { keyOf } from "./objects";

export interface StoreEvent {
  type: "ADDED" | "MODIFIED" | "DELETED";
  revision: number;
  at: number;
  kind: Kind;
  object: KubeObject;
  /** What the object was before, so that a filtered watch can tell whether it has just left the filter. */
  previous: KubeObject | undefined;
}

const historyLength = 50_000;

/** The cluster's etcd: objects by kind, one rising revision for all, and the recent past. */
export class Store {
  #objects = new Map<string, Map<string, KubeObject>>();
  #history: StoreEvent[] = [];
  #listeners = new Set<(event: StoreEvent) => void>();
  revision = 1000;
  /** Revisions up to this one can no longer be read or watched from. */
  compactedRevision = 0;

  constructor() {
    for (const kind of kinds) this.#objects.set(resourceName(kind), new Map());
  }

  get(kind: Kind, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#table(kind).get(keyOf(namespace, name));
  }

  list(kind: Kind, namespace?: string): KubeObject[] {
    const all = [...this.#table(kind).values()];
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  put(kind: Kind, object: KubeObject): KubeObject {
    const table = this.#table(kind);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const previous = table.get(key);
    const stored = this.#stamp(object);
    table.set(key, stored);
    this.#record({
      type: previous ? "MODIFIED" : "ADDED",
      revision: this.revision,
      at: Date.now(),
      kind,
      object: stored,
      previous,
    });
    return stored;
  }

  remove(kind: Kind, object: KubeObject): KubeObject {
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const last = this.#stamp(object);
    this.#table(kind).delete(key);
    this.#record({
      type: "DELETED",
      revision: this.revision,
      at: Date.now(),
      kind,
      object: last,
      previous: object,
    });
    return last;
  }

  onEvent(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What happened to a kind after the revision; the caller has checked that it is not compacted. */
  eventsSince(kind: Kind, revision: number): StoreEvent[] {
    return this.#history.filter((event) => event.kind === kind && event.revision > revision);
  }

  /** The objects of a kind as they were at a revision, read backwards from the present. */
  listAt(kind: Kind, revision: number): KubeObject[] {
    const past = new Map(this.#table(kind));
    for (const event of this.eventsSince(kind, revision).reverse()) {
      const key = keyOf(event.object.metadata.namespace, event.object.metadata.name);
      if (event.type === "ADDED") past.delete(key);
      else if (event.previous) past.set(key, event.previous);
    }
    return [...past.values()];
  }

  compact(): void {
    this.compactedRevision = this.revision;
    this.#history = [];
  }

  /** Compacts everything older than a moment, as a real API server does every five minutes. */
  forgetBefore(moment: number): void {
    const kept = this.#history.findIndex((event) => event.at >= moment);
    const dropped = this.#history.splice(0, kept === -1 ? this.#history.length : kept);
    this.compactedRevision = dropped.at(-1)?.revision ?? this.compactedRevision;
  }

  /** Takes the revision back, as a cluster restored from a backup does; watches then see smaller numbers. */
  rewind(by: number): void {
    this.revision = Math.max(1, this.revision - by);
    this.compact();
    for (const table of this.#objects.values()) {
      for (const [key, object] of table) {
        if (Number(object.metadata.resourceVersion) <= this.revision) continue;
        table.set(key, {
          ...object,
          metadata: { ...object.metadata, resourceVersion: String(this.revision) },
        });
      }
    }
  }

  /** Adds objects without telling anybody; whoever watches from before learns that this is too long ago. */
  seed(entries: { kind: Kind; object: KubeObject }[]): void {
    for (const { kind, object } of entries) {
      const stored = this.#stamp(object);
      this.#table(kind).set(keyOf(object.metadata.namespace, object.metadata.name), stored);
    }
    this.compact();
  }

  /** Only for reading back what an earlier run wrote down. */
  load(revision: number, entries: { kind: Kind; object: KubeObject }[]): void {
    this.revision = revision;
    this.compactedRevision = revision;
    for (const { kind, object } of entries) {
      this.#table(kind).set(keyOf(object.metadata.namespace, object.metadata.name), object);
    }
  }

  #table(kind: Kind): Map<string, KubeObject> {
    const table = this.#objects.get(resourceName(kind));
    if (!table) throw new Error(`the lab does not serve ${resourceName(kind)}`);
    return table;
  }

  #stamp(object: KubeObject): KubeObject {
    this.revision += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.revision) } };
  }

  #record(event: StoreEvent): void {
    this.#history.push(event);
    if (this.#history.length > historyLength) {
      const dropped = this.#history.splice(0, historyLength / 10);
      this.compactedRevision = dropped.at(-1)?.revision ?? this.compactedRevision;
    }
    for (const listener of [...this.#listeners]) listener(event);
  }
}
