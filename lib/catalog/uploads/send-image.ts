import type { Readable } from "node:stream";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { sendToUploadProxy } from "@/lib/adapters/kubevirt/upload-proxy";
import { findUploadTarget } from "./find-upload-target";
import { recordProgress, type HeldUpload } from "./record-progress";
import type { UploadFailure } from "./schema";
import type { StoredUpload } from "./store";

/** taken: the proxy has all of it · busy: it works on it or is not ready · again: what may pass · refused: what does not. */
export type Sending =
  | { kind: "taken" }
  | { kind: "busy" }
  | { kind: "again"; words: string; isBroken: boolean }
  | { kind: "refused"; code: UploadFailure; words: string };

interface ImageSource {
  openBody: () => Readable;
  signal: AbortSignal;
  onWhole: () => void;
}

/** One attempt to hand the whole image to the cluster's upload proxy. */
export async function sendImage(
  upload: StoredUpload,
  held: HeldUpload,
  { openBody, signal, onWhole }: ImageSource,
): Promise<Sending> {
  try {
    const target = await findUploadTarget(upload);
    await sendToUploadProxy(target, {
      body: openBody(),
      sizeBytes: upload.sizeBytes,
      signal,
      onSent: atMostOnceASecond((sentBytes) => recordProgress(held, { sentBytes })),
      onWhole,
    });
    return { kind: "taken" };
  } catch (error) {
    if (error instanceof ClusterFailure) return judgeFailure(error);
    throw error;
  }
}

function atMostOnceASecond(record: (bytes: number) => Promise<unknown>): (bytes: number) => void {
  let lastAt = 0;
  return (bytes) => {
    const now = performance.now();
    if (now - lastAt < 1_000) return;
    lastAt = now;
    // The figure is for whoever watches; one that was not written is followed by the next.
    record(bytes).catch(() => undefined);
  };
}

const refusals: Record<string, UploadFailure> = {
  ProxyMissing: "proxy_missing",
  ProxyAddress: "proxy_address",
  Certificate: "proxy_certificate",
};

function judgeFailure(failure: ClusterFailure): Sending {
  const { status, reason, kind, message } = failure;
  const code = refusals[reason ?? ""];
  if (code !== undefined) return { kind: "refused", code, words: message };
  // CDI answers 409 once it has an image and 503 while it takes one or is not there yet.
  if (status === 409 || status === 503) return { kind: "busy" };
  // A token that ran out while others were served is followed by a new one.
  if (kind === "unavailable" || kind === "conflict" || status === 401) {
    return { kind: "again", words: message, isBroken: status === 500 };
  }
  return { kind: "refused", code: "proxy_refused", words: message };
}
