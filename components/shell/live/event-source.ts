export type News =
  | { type: "change"; kind: string; id: string }
  | { type: "beat" }
  /** Something may have been missed: read everything again. */
  | { type: "resync" }
  /** The session is over. */
  | { type: "end" };

type Listener = (news: News) => void;

const channelName = "shepherd-news";
const retryFirstMs = 1_000;
const retryMaxMs = 30_000;

/** A tab that waits longer than this for the connection hears the news from another one. */
const waitMs = 300;

/**
 * Listens for news until stopped: one tab holds the connection, the others hear it from there.
 * @param readAtMs when the server read the page, by its own clock: what happened since is told too
 */
export function followNews(listener: Listener, readAtMs: number): () => void {
  const stop = new AbortController();
  const first = `?read_at=${readAtMs}`;
  if (!("locks" in navigator)) {
    connect(listener, stop.signal, { search: first, failures: 0 });
    return () => stop.abort();
  }
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (message: MessageEvent<News>) => listener(message.data);
  const tellAll: Listener = (news) => {
    listener(news);
    channel.postMessage(news);
  };
  // What another tab told before this one began to hear is unknown.
  let hasWaited = false;
  const waiting = setTimeout(() => {
    hasWaited = true;
    listener({ type: "resync" });
  }, waitMs);
  stop.signal.addEventListener("abort", () => clearTimeout(waiting));
  // The lock is held as long as this tab lives; then the next tab in line connects.
  const held = navigator.locks.request(channelName, { signal: stop.signal }, () => {
    clearTimeout(waiting);
    connect(tellAll, stop.signal, hasWaited ? { search: "", failures: 1 } : { search: first, failures: 0 });
    return new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));
  });
  held.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  stop.signal.addEventListener("abort", () => channel.close());
  return () => stop.abort();
}

interface Attempt {
  search: string;
  /** How often it failed before, or 1 where something may have been missed meanwhile. */
  failures: number;
}

function connect(listener: Listener, signal: AbortSignal, { search, failures }: Attempt): void {
  if (signal.aborted) return;
  const source = new EventSource(`/api/stream${search}`);
  let hasOpened = false;
  const close = () => source.close();
  signal.addEventListener("abort", close);
  source.onopen = () => {
    // What happened while nobody listened is unknown, except at the very first time, when the server tells it.
    if (failures > 0 || hasOpened) listener({ type: "resync" });
    hasOpened = true;
  };
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return;
    signal.removeEventListener("abort", close);
    // A refusal hides its reason; the page that reads itself again finds out whether the session is over.
    listener({ type: "resync" });
    const next = hasOpened ? 1 : failures + 1;
    setTimeout(() => connect(listener, signal, { search: "", failures: next }), backoff(next));
  };
  source.addEventListener("change", (event) => listener(readChange(event)));
  source.addEventListener("beat", () => listener({ type: "beat" }));
  source.addEventListener("resync", () => listener({ type: "resync" }));
  source.addEventListener("end", () => listener({ type: "end" }));
}

function readChange(event: MessageEvent<string>): News {
  const facts: unknown = JSON.parse(event.data);
  if (typeof facts !== "object" || facts === null || !("kind" in facts) || !("id" in facts))
    return { type: "resync" };
  return { type: "change", kind: String(facts.kind), id: String(facts.id) };
}

function backoff(failures: number): number {
  return Math.min(retryMaxMs, retryFirstMs * 2 ** (failures - 1)) * (0.5 + Math.random());
}
