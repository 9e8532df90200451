import { newsKinds } from "@/lib/vocabulary/news-kinds";
import type { Listener, News } from "./news";

const retryFirstMs = 1_000;
const retryMaxMs = 30_000;

export interface Wishes {
  /** What is to be told, as the address says it; null for everything. */
  watch: string | null;
  /** When the server read the page, by its own clock; for the very first connection. */
  readAtMs: number | null;
}

/** One connection to the server's news, kept alive and changed without a gap until it is closed. */
export class NewsSource {
  readonly #listener: Listener;
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lastPosition = "";
  #wishes: Wishes;

  constructor(listener: Listener, wishes: Wishes) {
    this.#listener = listener;
    this.#wishes = wishes;
    this.#connect();
  }

  get watch(): string | null {
    return this.#wishes.watch;
  }

  /** From here on this is told; what happens while the connection changes is told by the next one. */
  wish(watch: string | null): void {
    if (watch === this.#wishes.watch) return;
    this.#wishes = { ...this.#wishes, watch };
    this.#connect();
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #connect(): void {
    this.close();
    const source = new EventSource(`/api/stream?${this.#search()}`);
    this.#source = source;
    source.onopen = () => (this.#failures = 0);
    source.onerror = () => {
      // While the browser tries again by itself, it says what it heard last, and the server goes on from there.
      if (source.readyState === EventSource.CLOSED && this.#source === source) this.#comeBack();
    };
    for (const type of ["change", "beat", "resync", "end"]) {
      source.addEventListener(type, (event) => this.#hear(type, event));
    }
  }

  #search(): string {
    const { watch, readAtMs } = this.#wishes;
    const search = new URLSearchParams();
    if (watch !== null) search.set("watch", watch);
    if (this.#lastPosition !== "") search.set("last_event_id", this.#lastPosition);
    else if (readAtMs !== null) search.set("read_at", String(readAtMs));
    return search.toString();
  }

  #hear(type: string, event: MessageEvent<string>): void {
    if (event.lastEventId !== "") this.#lastPosition = event.lastEventId;
    this.#listener(readNews(type, event.data));
  }

  /** A refusal hides its reason; the page that reads itself again finds out whether the session is over. */
  #comeBack(): void {
    this.#failures += 1;
    this.#listener({ type: "resync" });
    const wait = Math.min(retryMaxMs, retryFirstMs * 2 ** (this.#failures - 1)) * (0.5 + Math.random());
    this.#retry = setTimeout(() => this.#connect(), wait);
  }
}

function readNews(type: string, data: string): News {
  if (type === "beat" || type === "end") return { type };
  if (type !== "change") return { type: "resync" };
  const facts: unknown = JSON.parse(data);
  if (typeof facts !== "object" || facts === null || !("kind" in facts) || !("id" in facts))
    return { type: "resync" };
  const kind = newsKinds.find((one) => one === facts.kind);
  if (kind === undefined) return { type: "resync" };
  return { type: "change", kind, id: String(facts.id), isNew: "isNew" in facts && facts.isNew === true };
}
