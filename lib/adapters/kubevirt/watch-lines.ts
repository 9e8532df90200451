import { z } from "zod";
import { failureFromStatus } from "./failures";

/** What the stream says cannot be continued from: the whole list must be read again. */
export class RelistNeeded extends Error {}

export type WatchLine =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; key: string; resourceVersion: string; object: unknown }
  | { type: "BOOKMARK"; resourceVersion: string };

const lineBytesMax = 4 * 1024 * 1024;
const newline = 0x0a;

/** Chunks in, whole lines out; a line past the limit ends the stream. */
export function createLineSplitter(bytesMax = lineBytesMax): (chunk: Buffer) => string[] {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  return (chunk) => {
    const lines: string[] = [];
    let from = 0;
    for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
      if (begunBytes + to - from > bytesMax) throw new RelistNeeded("a line of the watch is too long");
      lines.push(Buffer.concat([...begun, chunk.subarray(from, to)]).toString("utf8"));
      begun = [];
      begunBytes = 0;
      from = to + 1;
    }
    begun.push(chunk.subarray(from));
    begunBytes += chunk.length - from;
    if (begunBytes > bytesMax) throw new RelistNeeded("a line of the watch is too long");
    return lines;
  };
}

const objectKey = z.object({
  metadata: z.object({
    name: z.string().min(1).max(253),
    namespace: z.string().max(253).default(""),
    resourceVersion: z.string().min(1).max(253),
  }),
});
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string().min(1).max(253) }) });
const envelope = z.object({
  type: z.enum(["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"]),
  object: z.unknown(),
});

/** Throws a ClusterFailure for an ERROR line and RelistNeeded for one that makes no sense. */
export function parseWatchLine(line: string): WatchLine {
  const { type, object } = envelopeOf(line);
  if (type === "ERROR") throw failureFromStatus(object);
  if (type === "BOOKMARK") {
    const parsed = bookmark.safeParse(object);
    if (!parsed.success) throw new RelistNeeded("a bookmark of the watch has no resourceVersion");
    return { type, resourceVersion: parsed.data.metadata.resourceVersion };
  }
  const identity = identify(object);
  if (!identity) throw new RelistNeeded("an object of the watch has no name");
  return { type, ...identity, object };
}

/** "namespace/name", or the name alone for what has no namespace; null when the object has no usable metadata. */
export function identify(object: unknown): { key: string; resourceVersion: string } | null {
  const parsed = objectKey.safeParse(object);
  if (!parsed.success) return null;
  const { namespace, name, resourceVersion } = parsed.data.metadata;
  return { key: namespace === "" ? name : `${namespace}/${name}`, resourceVersion };
}

/** Versions are compared only where both are plain numbers, as every released API server writes them. */
export function isOlderVersion(version: string, than: string): boolean {
  if (!/^\d{1,30}$/.test(version) || !/^\d{1,30}$/.test(than)) return false;
  return BigInt(version) < BigInt(than);
}

function envelopeOf(line: string): z.output<typeof envelope> {
  try {
    return envelope.parse(JSON.parse(line));
  } catch {
    throw new RelistNeeded("a line of the watch does not parse");
  }
}
