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

export interface WalkRequest<T> extends ListRequest<T> {
  /** Gets each page as it comes; the next is asked for when this is done. A list begun again repeats its objects. */
  onPage: (items: ListedObject<T>[]) => Promise<void>;
  /** Runs the reading and keeping of one page when there is room for it; at once when absent. */
  takeTurn?: TakeTurn | undefined;
}

export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

const pageBytesMax = 64 * 1024 * 1024;
const pageTimeoutMs = 30_000;
const pageRetriesMax = 5;
const pageSizeMin = 10;

interface Paging {
  /** 0 asks for everything at once. */
  limit: number;
  continue: string | undefined;
}

/** The complete list at once; of each object only its projection is kept. */
export async function listAllPages<T>(
  request: ListRequest<T>,
): Promise<{ items: ListedObject<T>[]; resourceVersion: string }> {
  const listed = new Map<string, ListedObject<T>>();
  const onPage = (items: ListedObject<T>[]) => {
    for (const item of items) listed.set(item.key, item);
    return Promise.resolve();
  };
  const { keys, resourceVersion } = await walkPages({ ...request, onPage });
  return { items: keys.flatMap((key) => listed.get(key) ?? []), resourceVersion };
}

/** The complete list a page at a time, none of it kept but the keys. */
export async function walkPages<T>(
  request: WalkRequest<T>,
): Promise<{ keys: string[]; resourceVersion: string }> {
  const takeTurn: TakeTurn = request.takeTurn ?? ((work) => work());
  const walk: Walk = { keys: new Set(), resourceVersion: undefined };
  let paging: Paging | null = { limit: request.pageSize, continue: undefined };
  while (paging !== null) {
    const current: Paging = paging;
    paging = await takeTurn(() => walkOnePage(request, walk, current));
  }
  // There has been a first page, or the walk would have thrown.
  return { keys: [...walk.keys], resourceVersion: walk.resourceVersion ?? "" };
}

interface Walk {
  keys: Set<string>;
  /** The first page's is the safe one to watch from: events are repeated rather than missed. */
  resourceVersion: string | undefined;
}

/** @returns what to ask for next; null after the last page */
async function walkOnePage<T>(request: WalkRequest<T>, walk: Walk, paging: Paging): Promise<Paging | null> {
  const page = await readPagePatiently(request, paging);
  if ("retry" in page) {
    if (page.retry.continue === undefined) walk.keys.clear();
    return page.retry;
  }
  const items = page.items.map((item) => readItem(request, item));
  for (const { key } of items) walk.keys.add(key);
  walk.resourceVersion ??= page.resourceVersion;
  await request.onPage(items);
  return page.continue === undefined ? null : { ...paging, continue: page.continue };
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

function readItem<T>(request: ListRequest<T>, item: unknown): ListedObject<T> {
  const identity = identify(item);
  if (!identity)
    throw new ClusterFailure("rejected", "an object of the list has no name", { reason: "MalformedAnswer" });
  return { key: identity.key, value: request.project(item) };
}
