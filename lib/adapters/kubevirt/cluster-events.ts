import { z } from "zod";
import type { ClusterClient } from "./client";
import { cleanText } from "./failures";
import { checkedName } from "./paths";
import { listSchema, readAnswer, readJson } from "./types";
import { readVirtualMachine, readVirtualMachineInstance } from "./virtual-machines";

/** What a cluster reported of a machine, of what runs it or of its disks. */
export interface ClusterEvent {
  uid: string;
  objectKind: string;
  objectName: string;
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  /** The same event again only counts up. */
  count: number;
  firstAt: Date;
  lastAt: Date;
}

interface Question {
  namespace: string;
  name: string;
  signal: AbortSignal;
}

const kinds = new Set([
  "VirtualMachine",
  "VirtualMachineInstance",
  "VirtualMachineInstanceMigration",
  "Pod",
  "DataVolume",
  "PersistentVolumeClaim",
]);
const eventsMax = 100;
const volumesMax = 8;
const podsMax = 4;
const messageLengthMax = 1_000;

const shortText = z
  .string()
  .max(1_024)
  .transform((text) => cleanText(text, 253));
// A database refuses the year 0000, and one event must not take the others with it.
const [earliest, latest] = [new Date("1970-01-01T00:00:00Z"), new Date("2100-01-01T00:00:00Z")];
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .pipe(z.date().min(earliest).max(latest))
  .nullish()
  .catch(null);
const count = z.number().int().min(1).max(1_000_000_000).nullish().catch(null);

const eventSchema = z.object({
  metadata: z.object({ uid: shortText, creationTimestamp: instant }),
  involvedObject: z.object({ kind: shortText, name: shortText }),
  type: z.string().max(64).optional().catch(undefined),
  reason: shortText.optional().catch(undefined),
  message: z
    .string()
    .transform((text) => cleanText(text, messageLengthMax).toWellFormed())
    .optional()
    .catch(undefined),
  count,
  firstTimestamp: instant,
  lastTimestamp: instant,
  eventTime: instant,
  series: z.object({ count, lastObservedTime: instant }).nullish().catch(null),
});

/** Newest first, a hundred at most: of the machine, its instance, its pods and its disks. */
export async function readClusterEvents(client: ClusterClient, question: Question): Promise<ClusterEvent[]> {
  const selectors = await selectorsOf(client, question);
  const lists = await Promise.all([...selectors].map((selector) => listEvents(client, question, selector)));
  const byUid = new Map(lists.flat().map((event) => [event.uid, event]));
  return [...byUid.values()].sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime()).slice(0, eventsMax);
}

/** Machine and instance share a name, as a volume and its claim do; pods are known by their uid. */
async function selectorsOf(client: ClusterClient, { namespace, name }: Question): Promise<Set<string>> {
  const [machine, instance] = await Promise.all([
    readVirtualMachine(client, namespace, name),
    readVirtualMachineInstance(client, namespace, name),
  ]);
  const volumes = (volumeNames.safeParse(machine?.spec.template).data ?? []).filter(isName);
  const pods = Object.keys(instance?.status?.activePods ?? {}).filter(isName);
  return new Set([
    `involvedObject.name=${checkedName(name)}`,
    ...volumes.slice(0, volumesMax).map((volume) => `involvedObject.name=${volume}`),
    ...pods.slice(0, podsMax).map((uid) => `involvedObject.uid=${uid}`),
  ]);
}

/** A comma would begin another selector. */
function isName(text: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9.]{0,252})$/.test(text);
}

const volume = z.object({
  dataVolume: z.object({ name: z.string() }).optional().catch(undefined),
  persistentVolumeClaim: z.object({ claimName: z.string() }).optional().catch(undefined),
});
const volumeNames = z
  .object({ spec: z.object({ volumes: z.array(volume).default([]).catch([]) }) })
  .transform(({ spec }) =>
    spec.volumes.flatMap((one) => one.dataVolume?.name ?? one.persistentVolumeClaim?.claimName ?? []),
  );

async function listEvents(
  client: ClusterClient,
  { namespace, signal }: Question,
  fieldSelector: string,
): Promise<ClusterEvent[]> {
  const answer = await client.exchange({
    method: "GET",
    path: `/api/v1/namespaces/${checkedName(namespace)}/events`,
    query: { fieldSelector, limit: String(eventsMax) },
    signal,
  });
  const { items } = readAnswer(listSchema, readJson(answer.body));
  return (items ?? []).slice(0, eventsMax).flatMap((item) => asEvent(item) ?? []);
}

/** Null for what is of another kind, or in no readable shape. */
function asEvent(item: unknown): ClusterEvent | null {
  const { data } = eventSchema.safeParse(item);
  if (data === undefined || !kinds.has(data.involvedObject.kind)) return null;
  const { metadata, series } = data;
  const first = data.firstTimestamp ?? data.eventTime ?? metadata.creationTimestamp;
  const last = series?.lastObservedTime ?? data.lastTimestamp ?? data.eventTime ?? first;
  if (first == null || last == null) return null;
  return {
    uid: metadata.uid,
    objectKind: data.involvedObject.kind,
    objectName: data.involvedObject.name,
    type: data.type === "Warning" ? "Warning" : "Normal",
    reason: data.reason ?? "",
    message: data.message ?? "",
    count: series?.count ?? data.count ?? 1,
    firstAt: first,
    lastAt: last,
  };
}
