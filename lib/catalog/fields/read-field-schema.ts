import type { Tx } from "@/lib/core/transaction";
import { bundledMinors, isBundled, minorOf, nearestMinor, type BundledMinor } from "./minors/rules";
import { renderFields } from "./render-fields";
import type { FieldNode, FieldSchema } from "./schema";
import { storedSchema } from "./stored/schema";

// Written out one by one, so that each file is a part of its own which is loaded when it is asked for.
const bundles: Record<BundledMinor, () => Promise<{ default: unknown }>> = {
  "1.2": () => import("./bundled/1.2.json"),
  "1.3": () => import("./bundled/1.3.json"),
  "1.4": () => import("./bundled/1.4.json"),
  "1.5": () => import("./bundled/1.5.json"),
  "1.7": () => import("./bundled/1.7.json"),
};
const remembered = new Map<string, FieldNode>();
const rememberedMax = 12;

/** The fields of a minor: bundled, else as read from a cluster, else those of the nearest bundled minor. Never waits for a cluster. */
export async function readFieldSchema(tx: Tx, version: string): Promise<FieldSchema> {
  const wanted = minorOf(version) ?? version;
  if (isBundled(wanted)) return { minor: wanted, wanted, source: "bundled", root: await readBundled(wanted) };
  const root = await readCached(tx, wanted);
  if (root !== null) return { minor: wanted, wanted, source: "remote", root };
  const minor = nearestMinor(wanted, bundledMinors);
  return { minor, wanted, source: "fallback", root: await readBundled(minor) };
}

async function readBundled(minor: BundledMinor): Promise<FieldNode> {
  return remember(minor, async () => {
    const { default: file } = await bundles[minor]();
    return renderFields(storedSchema.parse(file), minor);
  });
}

/** A minor's fields never change, so they are read once for each time they were fetched. */
async function readCached(tx: Tx, minor: string): Promise<FieldNode | null> {
  const row = await tx.schemaCache.findUnique({ where: { minor }, select: { fetchedAt: true } });
  if (row === null || row.fetchedAt === null) return null;
  return remember(`${minor}@${row.fetchedAt.getTime()}`, async () => {
    const { fields } = await tx.schemaCache.findUniqueOrThrow({ where: { minor }, select: { fields: true } });
    return renderFields(storedSchema.parse(fields), minor);
  });
}

async function remember(key: string, read: () => Promise<FieldNode>): Promise<FieldNode> {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const root = await read();
  const oldest = remembered.keys().next();
  if (remembered.size >= rememberedMax && !oldest.done) remembered.delete(oldest.value);
  remembered.set(key, root);
  return root;
}
