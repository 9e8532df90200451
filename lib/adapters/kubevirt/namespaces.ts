import { z } from "zod";
import { callCluster, type ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { checkedName } from "./paths";
import { readAnswer } from "./types";

const namespaceSchema = z.object({
  metadata: z.object({
    name: z.string().max(63),
    uid: z.string().max(253),
    labels: z.record(z.string(), z.string()).default({}).catch({}),
    annotations: z.record(z.string(), z.string()).default({}).catch({}),
  }),
  status: z
    .object({ phase: z.string().max(64).optional() })
    .optional()
    .catch(undefined),
});

export interface ClusterNamespace {
  name: string;
  uid: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** True while the cluster is removing it: nothing can be created in it. */
  isTerminating: boolean;
}

/** Null when there is none. */
export async function readNamespace(client: ClusterClient, name: string): Promise<ClusterNamespace | null> {
  try {
    const answer = await callCluster(() => client.core.readNamespace({ name: checkedName(name) }));
    const { metadata, status } = readAnswer(namespaceSchema, answer);
    return { ...metadata, isTerminating: status?.phase === "Terminating" };
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

/** A namespace that is already there is a success: two requests may be first at once. */
export async function createNamespace(
  client: ClusterClient,
  wanted: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> },
): Promise<{ created: boolean }> {
  const metadata = { ...wanted, name: checkedName(wanted.name) };
  try {
    await callCluster(
      () => client.core.createNamespace({ body: { apiVersion: "v1", kind: "Namespace", metadata } }),
      true,
    );
    return { created: true };
  } catch (error) {
    if (error instanceof ClusterFailure && error.reason === "AlreadyExists") return { created: false };
    throw error;
  }
}
