import { backoffMs, pause } from "./backoff";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { listSchema, readAnswer, readJson } from "./types";
import { identify } from "./watch-lines";

export interface ListedObject<T> {
  key: string;
  value: T;
}

export interface ListRequest<T> {
  client: ClusterClient;
  path: string;
  labelSelector?: string | undefined;
  pageSize: number;
  signal: AbortSignal;
  project: (object: unknown) => T;
  /** Hears of a page that failed and is asked for again. */
  onRetry: (failure: ClusterFailure) => void;
}

const pageBytesMax = 64 * 1024 * 1024;
const pageTimeoutMs = 30_000;
const pageRetriesMax = 5;
const pageSizeMin = 10;

interface Paging {
  /** 0 asks for everything at once. */
  limit: number;
  continue: string | undefined;
}

/** The complete list, a page at a time; of each object only its projection is kept. */
export async function listAllPages<T>(
  request: ListRequest<T>,
): Promise<{ items: ListedObject<T>[]; resourceVersion: string }> {
  const values = new Map<string, T>();
  let paging: Paging = { limit: request.pageSize, continue: undefined };
  let resourceVersion: string | undefined;
  do {
    const page = await readPagePatiently(request, paging);
    if ("retry" in page) {
      if (page.retry.continue === undefined) values.clear();
      paging = page.retry;
      continue;
    }
    for (const item of page.items) keepItem(request, values, item);
    // The first page's version is the safe one to watch from: events are repeated rather than missed.
    resourceVersion ??= page.resourceVersion;
    paging = { ...paging, continue: page.continue };
  } while (paging.continue !== undefined || resourceVersion === undefined);
  return { items: [...values].map(([key, value]) => ({ key, value })), resourceVersion };
}

type Page = { items: unknown[]; resourceVersion: string; continue: string | undefined } | { retry: Paging };

// Only a later page is worth its own retries: starting the list over would cost all the pages before it.
async function readPagePatiently<T>(request: ListRequest<T>, paging: Paging): Promise<Page> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await readPage(request, paging);
    } catch (error) {
      const isTransient = error instanceof ClusterFailure && error.kind === "unavailable";
      const isWorthIt =
        paging.continue !== undefined && failures <= pageRetriesMax && !request.signal.aborted;
      if (!isTransient || !isWorthIt) throw error;
      request.onRetry(error);
      await pause(backoffMs(failures, error.retryAfterSeconds), request.signal);
    }
  }
}

async function readPage<T>(request: ListRequest<T>, paging: Paging): Promise<Page> {
  try {
    const answer = await request.client.exchange({
      method: "GET",
      path: request.path,
      query: {
        labelSelector: request.labelSelector,
        limit: paging.limit === 0 ? undefined : paging.limit,
        continue: paging.continue,
      },
      timeoutMs: pageTimeoutMs,
      bytesMax: pageBytesMax,
      signal: request.signal,
    });
    const { items, metadata } = readAnswer(listSchema, readJson(answer.body));
    return {
      items: items ?? [],
      resourceVersion: metadata.resourceVersion,
      continue: metadata.continue || undefined,
    };
  } catch (error) {
    const retry = anotherPaging(error, paging);
    if (!retry) throw error;
    return { retry };
  }
}

function anotherPaging(error: unknown, paging: Paging): Paging | null {
  if (!(error instanceof ClusterFailure)) return null;
  // The list was compacted away between two pages; from here on its halves would not fit together.
  if (error.status === 410 && paging.continue !== undefined) return { limit: 0, continue: undefined };
  if (error.reason === "AnswerTooLarge" && paging.limit > pageSizeMin) {
    return { ...paging, limit: Math.max(pageSizeMin, Math.floor(paging.limit / 2)) };
  }
  return null;
}

function keepItem<T>(request: ListRequest<T>, values: Map<string, T>, item: unknown) {
  const identity = identify(item);
  if (!identity)
    throw new ClusterFailure("rejected", "an object of the list has no name", { reason: "MalformedAnswer" });
  values.set(identity.key, request.project(item));
}
