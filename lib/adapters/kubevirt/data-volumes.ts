import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { checkedName } from "./paths";
import { readAnswer, readJson } from "./types";
import { fieldManager } from "./virtual-machines";

const cdi = "/apis/cdi.kubevirt.io/v1beta1";

const condition = z.object({
  type: z.string().max(64),
  status: z.string().max(16),
  reason: z.string().max(200).optional().catch(undefined),
  message: z.string().max(4_000).optional().catch(undefined),
});

const dataVolumeSchema = z.object({
  metadata: z.object({
    name: z.string().max(253),
    uid: z.string().max(253),
    labels: z.record(z.string(), z.string()).default({}).catch({}),
    deletionTimestamp: z.string().optional().catch(undefined),
  }),
  status: z
    .object({
      phase: z.string().max(64).optional().catch(undefined),
      progress: z.string().max(32).optional().catch(undefined),
      conditions: z.array(condition).max(32).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export interface DataVolume {
  uid: string;
  labels: Record<string, string>;
  /** CDI's own word, such as UploadReady; empty before CDI has looked at it. */
  phase: string;
  /** CDI's figure, such as 37.50%; null while there is none. */
  progress: string | null;
  /** What CDI says is in the way. */
  problem: string | null;
  isTerminating: boolean;
}

export interface UploadVolume {
  namespace: string;
  name: string;
  labels: Record<string, string>;
  diskGb: number;
  storageClass: string | null;
  /** Named where CDI knows no profile of the class. */
  accessModes: string[];
}

/** Server-side apply without force: the same volume twice is one object. */
export async function applyUploadVolume(
  client: ClusterClient,
  wanted: UploadVolume,
  signal?: AbortSignal,
): Promise<DataVolume> {
  const answer = await client.exchange({
    method: "PATCH",
    path: volumePath(wanted.namespace, wanted.name),
    query: { fieldManager, fieldValidation: "Strict" },
    headers: { "content-type": "application/apply-patch+yaml" },
    body: JSON.stringify(manifestOf(wanted)),
    signal,
  });
  return describe(readAnswer(dataVolumeSchema, readJson(answer.body, true), true));
}

function manifestOf({ namespace, name, labels, diskGb, storageClass, accessModes }: UploadVolume) {
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: {
      name: checkedName(name),
      namespace: checkedName(namespace),
      labels,
      // A class that waits for its first consumer would wait for a machine that cannot exist yet.
      annotations: { "cdi.kubevirt.io/storage.bind.immediate.requested": "true" },
    },
    spec: {
      source: { upload: {} },
      storage: {
        resources: { requests: { storage: `${diskGb}Gi` } },
        ...(storageClass === null ? {} : { storageClassName: storageClass }),
        ...(accessModes.length === 0 ? {} : { accessModes }),
      },
    },
  };
}

/** Null when there is none. */
export async function readDataVolume(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<DataVolume | null> {
  try {
    const answer = await client.exchange({ method: "GET", path: volumePath(namespace, name) });
    return describe(readAnswer(dataVolumeSchema, readJson(answer.body)));
  } catch (error) {
    if (error instanceof ClusterFailure && error.kind === "gone") return null;
    throw error;
  }
}

/** Deletes exactly the object that was meant, with its claim; one that is gone is a success. */
export async function deleteDataVolume(
  client: ClusterClient,
  place: { namespace: string; name: string; uid: string },
): Promise<void> {
  try {
    await client.exchange({
      method: "DELETE",
      path: volumePath(place.namespace, place.name),
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        apiVersion: "v1",
        kind: "DeleteOptions",
        preconditions: { uid: place.uid },
        propagationPolicy: "Background",
      }),
    });
  } catch (error) {
    if (!(error instanceof ClusterFailure) || error.kind !== "gone") throw error;
  }
}

function volumePath(namespace: string, name: string): string {
  return `${cdi}/namespaces/${checkedName(namespace)}/datavolumes/${checkedName(name)}`;
}

function describe({ metadata, status }: z.output<typeof dataVolumeSchema>): DataVolume {
  const conditions = status?.conditions ?? [];
  const running = conditions.find(({ type }) => type === "Running");
  const bound = conditions.find(({ type }) => type === "Bound");
  const isFailing = running?.status === "False" && running.reason === "Error";
  const problem = isFailing ? running.message : bound?.status === "False" ? bound.message : undefined;
  return {
    uid: metadata.uid,
    labels: metadata.labels,
    phase: status?.phase ?? "",
    progress: status?.progress !== undefined && /^[\d.]+%$/.test(status.progress) ? status.progress : null,
    problem: problem ?? null,
    isTerminating: metadata.deletionTimestamp !== undefined,
  };
}

const tokenSchema = z.object({ status: z.object({ token: z.string().min(1).max(16_000) }) });

/** A token for one claim's upload; it holds for five minutes. */
export async function requestUploadToken(
  client: ClusterClient,
  place: { namespace: string; claim: string },
): Promise<string> {
  const answer = await client.exchange({
    method: "POST",
    path: `/apis/upload.cdi.kubevirt.io/v1beta1/namespaces/${checkedName(place.namespace)}/uploadtokenrequests`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      apiVersion: "upload.cdi.kubevirt.io/v1beta1",
      kind: "UploadTokenRequest",
      metadata: { name: checkedName(place.claim), namespace: checkedName(place.namespace) },
      spec: { pvcName: checkedName(place.claim) },
    }),
  });
  return readAnswer(tokenSchema, readJson(answer.body, true), true).status.token;
}

const configSchema = z.object({
  status: z
    .object({
      uploadProxyURL: z.string().max(2_000).optional().catch(undefined),
      uploadProxyCA: z.string().max(200_000).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Where CDI says its upload proxy is reached from outside, and by whose certificate; null where it does not say. */
export async function readUploadProxy(
  client: ClusterClient,
): Promise<{ url: string | null; ca: string | null }> {
  const answer = await client.exchange({ method: "GET", path: `${cdi}/cdiconfigs/config` });
  const { status } = readAnswer(configSchema, readJson(answer.body));
  return { url: status?.uploadProxyURL || null, ca: status?.uploadProxyCA || null };
}
