import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { newObject } from "../commit";
import { textAt } from "../json";
import { eventKind } from "../kinds";
import type { KubeObject } from "../objects";
import { asKubeObject, asJson } from "../objects";

const keptEvents = 5000;

/** The event that `kubectl describe` shows; the same one again only counts up. */
export function recordEvent(
  cluster: Cluster,
  about: KubeObject,
  event: { type?: "Normal" | "Warning"; reason: string; message: string; component?: string },
): void {
  const namespace = about.metadata.namespace ?? "default";
  const name = `${about.metadata.name}.${hashOf(about.metadata.uid + event.reason + event.message)}`;
  const known = cluster.store.get(eventKind, namespace, name);
  const now = timestamp();
  if (known) {
    const count = Number(asJson(known)["count"] ?? 1) + 1;
    cluster.store.put(eventKind, asKubeObject({ ...asJson(known), count, lastTimestamp: now }));
    return;
  }
  const draft = {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name },
    involvedObject: {
      kind: about.kind,
      namespace,
      name: about.metadata.name,
      uid: about.metadata.uid,
      apiVersion: about.apiVersion,
      resourceVersion: about.metadata.resourceVersion,
    },
    reason: event.reason,
    message: event.message,
    type: event.type ?? "Normal",
    source: { component: event.component ?? "virtualmachine-controller" },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    reportingComponent: event.component ?? "virtualmachine-controller",
    reportingInstance: "",
  };
  cluster.store.put(eventKind, newObject(eventKind, draft, namespace));
  forgetOldest(cluster);
}

function forgetOldest(cluster: Cluster): void {
  const events = cluster.store.list(eventKind);
  if (events.length <= keptEvents) return;
  const oldest = events
    .sort((left, right) => lastSeen(left).localeCompare(lastSeen(right)))
    .slice(0, keptEvents / 10);
  for (const event of oldest) cluster.store.remove(eventKind, event);
}

function lastSeen(event: KubeObject): string {
  return textAt(asJson(event), "lastTimestamp") ?? "";
}

function hashOf(text: string): string {
  let hash = 0n;
  for (const character of text)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, "0");
}
