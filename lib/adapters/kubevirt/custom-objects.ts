import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { readJson } from "./types";
import { fieldManager } from "./virtual-machines";

/** Server-side apply without force: the same object twice is one. */
export async function applyCustom(
  client: ClusterClient,
  path: string,
  manifest: object,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const answer = await client.exchange({
    method: "PATCH",
    path,
    query: { fieldManager, fieldValidation: "Strict" },
    headers: { "content-type": "application/apply-patch+yaml" },
    body: JSON.stringify(manifest),
    signal,
  });
  return readJson(answer.body, true);
}

/** Null when there is none. */
export async function readCustom(client: ClusterClient, path: string): Promise<unknown> {
  try {
    return readJson((await client.exchange({ method: "GET", path })).body);
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

/** Deletes exactly the object that was meant; one that is gone is a success. */
export async function deleteCustom(client: ClusterClient, path: string, uid: string): Promise<void> {
  try {
    await client.exchange({
      method: "DELETE",
      path,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        apiVersion: "v1",
        kind: "DeleteOptions",
        preconditions: { uid },
        propagationPolicy: "Background",
      }),
    });
  } catch (error) {
    if (!(error instanceof ClusterFailure) || error.kind !== "gone") throw error;
  }
}
