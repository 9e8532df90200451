import type { IncomingMessage } from "node:http";
import { backoffMs, pause } from "./backoff";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { walkPages, type ListedObject, type TakeTurn } from "./list-pages";
import { createBatches, type ObjectChange } from "./watch-batches";
import { createLineSplitter, isOlderVersion, parseWatchLine, RelistNeeded } from "./watch-lines";

export interface ReflectorState {
  connected: boolean;
  since: Date;
  error?: ClusterFailure;
}

export interface ReflectorOptions<T> {
  client: ClusterClient;
  /** The list's path, such as /apis/kubevirt.io/v1/virtualmachines. */
  path: string;
  labelSelector?: string;
  /** Total: must not throw, whatever the cluster put in the object. */
  project: (object: unknown) => T;
  resume?: { resourceVersion: string };
  /** A part of a complete list; the same object may come twice when the list has to be begun again. */
  onPage: (items: ListedObject<T>[]) => Promise<void>;
  /** When each page may be read; at once when absent. */
  takeTurn?: TakeTurn;
  /** The list is complete; what these keys do not name does not exist. */
  onReplace: (keys: string[], resourceVersion: string) => Promise<void>;
  /** In order; an empty batch says that nothing changed up to this version. */
  onChange: (batch: ObjectChange<T>[], resourceVersion: string) => Promise<void>;
  onState: (state: ReflectorState) => void;
  /** Whether to give up for good; without it every failure is tried again. */
  isFinal?: (failure: ClusterFailure) => boolean;
  signal: AbortSignal;
  idleTimeoutMs?: number;
  pageSize?: number;
  /** How long until the whole list is compared again although the watch is sound. */
  resyncMs?: number;
}

const idleTimeoutMsDefault = 90_000;
const pageSizeDefault = 250;
const healthyAfterMs = 60_000;
const shortestWatchMs = 500;
const openTimeoutMs = 30_000;
const hourMs = 3_600_000;

/** Follows one kind of object of one cluster until the signal or a final failure ends it; `done` never rejects. */
export function startReflector<T>(options: ReflectorOptions<T>): { done: Promise<ClusterFailure | null> } {
  return { done: follow(options) };
}

interface Progress {
  /** Up to here the consumer has everything; null asks for a complete list. */
  resourceVersion: string | null;
  /** When the safety net compares the whole list again. */
  resyncAt: number;
  watchOpenedAt: number;
  failuresInARow: number;
  report: (error?: ClusterFailure) => void;
}

async function follow<T>(options: ReflectorOptions<T>): Promise<ClusterFailure | null> {
  const progress: Progress = {
    resourceVersion: options.resume?.resourceVersion ?? null,
    resyncAt: nextResync(options),
    watchOpenedAt: Date.now(),
    failuresInARow: 0,
    report: createReporter(options.onState),
  };
  while (!options.signal.aborted) {
    try {
      if (progress.resourceVersion === null) await replaceAll(options, progress);
      await watchOnce(options, progress);
      if (Date.now() > progress.resyncAt) progress.resourceVersion = null;
    } catch (error) {
      if (options.signal.aborted) break;
      const failure = asFailure(error);
      if (options.isFinal?.(failure)) return failure;
      await recover(options, progress, { error, failure });
    }
  }
  return null;
}

async function replaceAll<T>(options: ReflectorOptions<T>, progress: Progress): Promise<void> {
  const { keys, resourceVersion } = await walkPages({
    client: options.client,
    path: options.path,
    labelSelector: options.labelSelector,
    pageSize: options.pageSize ?? pageSizeDefault,
    signal: options.signal,
    project: options.project,
    onPage: options.onPage,
    takeTurn: options.takeTurn,
    onRetry: progress.report,
  });
  await options.onReplace(keys, resourceVersion);
  progress.resourceVersion = resourceVersion;
  progress.resyncAt = nextResync(options);
}

function nextResync<T>(options: ReflectorOptions<T>): number {
  return Date.now() + (options.resyncMs ?? (6 + Math.random() * 6) * hourMs);
}

/** Returns when the server ends the watch in good order; throws for every other end. */
async function watchOnce<T>(options: ReflectorOptions<T>, progress: Progress): Promise<void> {
  const stream = await options.client.open({
    method: "GET",
    path: options.path,
    query: {
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion: progress.resourceVersion ?? undefined,
      timeoutSeconds: watchSeconds(progress),
      labelSelector: options.labelSelector,
    },
    timeoutMs: openTimeoutMs,
    signal: options.signal,
  });
  progress.watchOpenedAt = Date.now();
  progress.report();
  await readStream(stream, options, progress);
  if (Date.now() - progress.watchOpenedAt < shortestWatchMs)
    throw lostWatch("the cluster ended the watch at once");
}

// The server ends the watch soon after the safety net is due, so that it needs no clock of its own here.
function watchSeconds(progress: Progress): number {
  const untilResync = Math.ceil((progress.resyncAt - Date.now()) / 1000) + 1;
  return Math.max(1, Math.min(300 + Math.floor(Math.random() * 300), untilResync));
}

async function readStream<T>(
  stream: IncomingMessage,
  options: ReflectorOptions<T>,
  progress: Progress,
): Promise<void> {
  const guard = guardStream(stream, options);
  const split = createLineSplitter();
  const batches = createBatches<T>({
    deliver: async (batch, resourceVersion) => {
      await options.onChange(batch, resourceVersion);
      progress.resourceVersion = resourceVersion;
    },
    onFailure: () => stream.destroy(),
  });
  let seen = progress.resourceVersion ?? "";
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      guard.heard();
      for (const line of split(chunk)) seen = acceptLine(line, { seen, batches, project: options.project });
      await batches.room();
    }
  } finally {
    guard.stop();
    stream.destroy();
    await batches.drain();
  }
}

function acceptLine<T>(
  text: string,
  to: { seen: string; batches: ReturnType<typeof createBatches<T>>; project: (object: unknown) => T },
): string {
  const line = parseWatchLine(text);
  if (isOlderVersion(line.resourceVersion, to.seen))
    throw new RelistNeeded("the cluster's versions went backwards");
  const change =
    line.type === "BOOKMARK" ? null : { type: line.type, key: line.key, value: to.project(line.object) };
  to.batches.add(change, line.resourceVersion);
  return line.resourceVersion;
}

/** A half-open connection says nothing for ever, not even a bookmark; silence past the limit ends it. */
function guardStream<T>(stream: IncomingMessage, options: ReflectorOptions<T>) {
  const idleMs = options.idleTimeoutMs ?? idleTimeoutMsDefault;
  const timer = setTimeout(
    () => stream.destroy(lostWatch(`the watch was silent for ${idleMs / 1000} s`)),
    idleMs,
  );
  const giveUp = () => stream.destroy(lostWatch("the watch was stopped"));
  options.signal.addEventListener("abort", giveUp, { once: true });
  if (options.signal.aborted) giveUp();
  return {
    heard: () => timer.refresh(),
    stop: () => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", giveUp);
    },
  };
}

async function recover<T>(
  options: ReflectorOptions<T>,
  progress: Progress,
  { error, failure }: { error: unknown; failure: ClusterFailure },
): Promise<void> {
  if (Date.now() - progress.watchOpenedAt > healthyAfterMs) progress.failuresInARow = 0;
  progress.failuresInARow += 1;
  progress.report(failure);
  const relist = isRelistNeeded(error, failure);
  if (relist) progress.resourceVersion = null;
  if (relist && progress.failuresInARow === 1) return;
  await pause(backoffMs(progress.failuresInARow, failure.retryAfterSeconds), options.signal);
}

// "Too large resource version": the cluster was put back to an older state than the one that was seen.
function isRelistNeeded(error: unknown, failure: ClusterFailure): boolean {
  if (error instanceof RelistNeeded || failure.status === 410) return true;
  return /too large resource version/i.test(failure.message);
}

function asFailure(error: unknown): ClusterFailure {
  if (error instanceof ClusterFailure) return error;
  return lostWatch(error instanceof Error ? error.message : String(error));
}

function lostWatch(message: string): ClusterFailure {
  return new ClusterFailure("unavailable", message, { reason: "WatchLost" });
}

/** Tells only what is new: connected or not, and why not. */
function createReporter(onState: (state: ReflectorState) => void): (error?: ClusterFailure) => void {
  let last: ReflectorState | null = null;
  return (error) => {
    const connected = error === undefined;
    if (last?.connected === connected && last.error?.message === error?.message) return;
    const since = last?.connected === connected ? last.since : new Date();
    last = { connected, since, ...(error ? { error } : {}) };
    onState(last);
  };
}
