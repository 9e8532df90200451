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

/** Listens for news until stopped: one tab holds the connection, the others hear it from there. */
export function followNews(listener: Listener): () => void {
  const stop = new AbortController();
  if (!("locks" in navigator)) {
    connect(listener, stop.signal);
    return () => stop.abort();
  }
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (message: MessageEvent<News>) => listener(message.data);
  const tellAll: Listener = (news) => {
    listener(news);
    channel.postMessage(news);
  };
  // The lock is held as long as this tab lives; then the next tab in line connects.
  const held = navigator.locks.request(channelName, { signal: stop.signal }, () => {
    connect(tellAll, stop.signal);
    return new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));
  });
  held.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  stop.signal.addEventListener("abort", () => channel.close());
  return () => stop.abort();
}

function connect(listener: Listener, signal: AbortSignal, failures = 0): void {
  if (signal.aborted) return;
  const source = new EventSource("/api/stream");
  let hasOpened = false;
  const close = () => source.close();
  signal.addEventListener("abort", close);
  source.onopen = () => {
    // What happened while nobody listened is unknown, except at the very first time.
    if (failures > 0 || hasOpened) listener({ type: "resync" });
    hasOpened = true;
  };
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return;
    signal.removeEventListener("abort", close);
    // A refusal hides its reason; the page that reads itself again finds out whether the session is over.
    listener({ type: "resync" });
    const next = hasOpened ? 1 : failures + 1;
    setTimeout(() => connect(listener, signal, next), backoff(next));
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
