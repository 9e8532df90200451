import type { Upload } from "tus-js-client";
import { keepSample, measureRate, type Sample } from "./measure-rate";

/** How the sending from this page stands; the portal's own row says the rest. */
export interface ActiveUpload {
  state: "waiting" | "sending" | "paused" | "failed" | "sent";
  sentBytes: number;
  totalBytes: number;
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** Why it stopped, as the portal names it. */
  reason: string | null;
}

interface Sending {
  file: File;
  tus: Upload | null;
  samples: Sample[];
  shown: ActiveUpload;
}

const chunkBytes = 8 * 1024 * 1024;
const lookEveryMs = 1_000;
const sentShownMs = 5_000;
const retryDelaysMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 30_000, 30_000, 60_000];

// Outside every component: a file goes on while its sender looks at other pages.
const sendings = new Map<string, Sending>();
const listeners = new Set<() => void>();

export function onActiveUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function activeUpload(uploadId: string): ActiveUpload | null {
  return sendings.get(uploadId)?.shown ?? null;
}

/** Sends the file once the portal takes it, from wherever the portal stands. */
export function beginSending(uploadId: string, file: File): void {
  void sendings.get(uploadId)?.tus?.abort();
  const shown: ActiveUpload = {
    ...{ state: "waiting", sentBytes: 0, totalBytes: file.size },
    ...{ bytesPerSecond: null, secondsLeft: null, reason: null },
  };
  sendings.set(uploadId, { file, tus: null, samples: [], shown });
  tell();
  void waitAndSend(uploadId);
}

export function pauseSending(uploadId: string): void {
  void sendings.get(uploadId)?.tus?.abort();
  show(uploadId, { state: "paused", bytesPerSecond: null, secondsLeft: null });
}

export function resumeSending(uploadId: string): void {
  show(uploadId, { state: "waiting", reason: null });
  void waitAndSend(uploadId);
}

/** The upload was cancelled or has gone on without this page. */
export function forgetSending(uploadId: string): void {
  void sendings.get(uploadId)?.tus?.abort();
  if (sendings.delete(uploadId)) tell();
}

async function waitAndSend(uploadId: string): Promise<void> {
  for (;;) {
    const sending = sendings.get(uploadId);
    if (sending?.shown.state !== "waiting") return;
    const status = await readStatus(uploadId);
    if (status === "RECEIVING") return send(uploadId, sending);
    if (status !== null && status !== "PREPARING") return forgetSending(uploadId);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Null where nobody answers now. */
async function readStatus(uploadId: string): Promise<string | null> {
  try {
    const answer = await fetch(`/api/v1/admin/image-uploads/${uploadId}`, { cache: "no-store" });
    if (answer.status === 404) return "GONE";
    if (!answer.ok) return null;
    const row: unknown = await answer.json();
    return typeof row === "object" && row !== null && "status" in row ? String(row.status) : null;
  } catch {
    // Without a connection the next look asks again.
    return null;
  }
}

async function send(uploadId: string, sending: Sending): Promise<void> {
  const tus = await import("tus-js-client");
  const upload = new tus.Upload(sending.file, {
    uploadUrl: new URL(`/uploads/${uploadId}`, window.location.href).href,
    chunkSize: chunkBytes,
    retryDelays: retryDelaysMs,
    storeFingerprintForResuming: false,
    onProgress: (sentBytes) => showProgress(uploadId, sentBytes),
    onSuccess: () => {
      show(uploadId, { state: "sent", sentBytes: sending.file.size, secondsLeft: null });
      // By then the portal's own row has moved on; a retry may ask for another file.
      setTimeout(() => forgetSending(uploadId), sentShownMs);
    },
    onError: (error) =>
      show(uploadId, {
        ...{ state: "failed", bytesPerSecond: null, secondsLeft: null },
        reason: reasonOf(error),
      }),
  });
  sending.tus = upload;
  sending.samples = [];
  show(uploadId, { state: "sending", reason: null });
  upload.start();
}

/** As the portal's answer names it; a connection that stayed away names nothing. */
function reasonOf(error: Error): string {
  const answer = "originalResponse" in error ? error.originalResponse : null;
  if (typeof answer !== "object" || answer === null || !("getHeader" in answer)) return "connection";
  if (typeof answer.getHeader !== "function") return "connection";
  const told: unknown = answer.getHeader("x-upload-refusal");
  return typeof told === "string" ? told : "connection";
}

function showProgress(uploadId: string, sentBytes: number): void {
  const sending = sendings.get(uploadId);
  if (sending === undefined) return;
  sending.samples = keepSample(sending.samples, { at: performance.now(), bytes: sentBytes });
  show(uploadId, { sentBytes, ...measureRate(sending.samples, sending.file.size) });
}

function show(uploadId: string, change: Partial<ActiveUpload>): void {
  const sending = sendings.get(uploadId);
  if (sending === undefined) return;
  sending.shown = { ...sending.shown, ...change };
  tell();
}

function tell(): void {
  const isBusy = [...sendings.values()].some(({ shown }) => ["waiting", "sending"].includes(shown.state));
  window.onbeforeunload = isBusy ? (event) => event.preventDefault() : null;
  for (const listener of listeners) listener();
}
