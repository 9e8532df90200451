import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { readJson } from "./types";

/** One object as its cluster has it; null when there is none. */
export async function findObject(client: ClusterClient, path: string): Promise<unknown> {
  try {
    return readJson((await client.exchange({ method: "GET", path })).body);
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}
