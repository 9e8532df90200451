import type { Tx } from "@/lib/core/transaction";
import { readFieldSchema } from "./read-field-schema";
import { unknownPaths } from "./rules";
import type { Overrides } from "./schema";

/** By minor of these clusters: the paths that it does not know, for the matching. */
export async function readUnknownPaths(
  tx: Tx,
  clusters: readonly { kubevirtMinor: string | null }[],
  overrides: Overrides,
): Promise<Record<string, string[]>> {
  if (Object.keys(overrides).length === 0) return {};
  const minors = new Set(clusters.flatMap(({ kubevirtMinor }) => kubevirtMinor ?? []));
  const unknown: Record<string, string[]> = {};
  for (const minor of minors) {
    const { root, source } = await readFieldSchema(tx, minor);
    // Another minor's fields prove nothing about this one; its own admission will.
    if (source !== "fallback") unknown[minor] = unknownPaths(root, overrides);
  }
  return unknown;
}
