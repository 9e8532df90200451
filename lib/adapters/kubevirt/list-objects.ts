import { z } from "zod";
import { callCluster, type ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { readAnswer } from "./types";

export interface CustomGroup {
  group: string;
  version: string;
}

const listsMax = 40;
const pageSize = 500;

/** Every object of one kind, whatever its namespace, a page at a time; what does not parse is left out. */
export async function listObjects<T extends z.ZodType>(
  client: ClusterClient,
  what: string,
  from: { schema: T; group: (CustomGroup & { served: Map<string, string> }) | undefined },
): Promise<z.output<T>[]> {
  if (from.group && !from.group.served.has(from.group.group)) {
    throw new ClusterFailure("gone", `${from.group.group} is not served`, {
      status: 404,
      reason: "NotServed",
    });
  }
  const envelope = z.object({
    metadata: z.object({ _continue: z.string().optional(), continue: z.string().optional() }).optional(),
    items: z.array(z.unknown()).default([]),
  });
  const found: z.output<T>[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < listsMax; pages += 1) {
    const page = { limit: pageSize, ...(next ? { _continue: next } : {}) };
    const answer: unknown = await callCluster<unknown>(() =>
      listPage(client, what, { page, group: from.group }),
    );
    const { items, metadata } = readAnswer(envelope, answer);
    for (const item of items) {
      const parsed = from.schema.safeParse(item);
      if (parsed.success) found.push(parsed.data);
    }
    next = metadata?._continue || metadata?.continue || undefined;
    if (!next) break;
  }
  return found;
}

function listPage(
  client: ClusterClient,
  what: string,
  from: { page: { limit: number; _continue?: string }; group: CustomGroup | undefined },
): Promise<unknown> {
  if (what === "nodes") return client.core.listNode(from.page);
  if (what === "storageclasses") return client.storage.listStorageClass(from.page);
  const { group = "", version = "" } = from.group ?? {};
  return client.customObjects.listCustomObjectForAllNamespaces({
    group,
    version,
    resourcePlural: what,
    ...from.page,
  });
}
