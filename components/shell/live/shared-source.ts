import { writeInterests } from "@/lib/access/interests/rules";
import { NewsSource } from "./event-source";
import type { Listener, News } from "./news";

const channelName = "shepherd-news";
/** A tab that waits longer than this for the connection hears the news from another one. */
const waitMs = 300;
/** A page that is left and the next one that opens wish for something else within this time: one change is enough. */
const settleMs = 250;
/** Wider wishes count at once, narrower ones when the page has settled. */
const narrowMs = 3_000;
/** A tab that vanished without a word is forgotten. */
const forgottenMs = 180_000;
const repeatMs = 60_000;

/** Between tabs: what was told, and what each of them shows; null for everything. */
type Message =
  | { type: "news"; news: News }
  | { type: "wish"; tab: string; words: string[] | null }
  | { type: "ask" }
  | { type: "gone"; tab: string };

/** News for one tab: one tab of the browser holds the connection for all of them. */
export class SharedNews {
  readonly #listener: Listener;
  readonly #readAtMs: number;
  readonly #tab = Math.random().toString(36).slice(2);
  readonly #stop = new AbortController();
  readonly #others = new Map<string, { words: string[] | null; at: number }>();
  #words: string[] | null = null;
  #channel: BroadcastChannel | undefined;
  #source: NewsSource | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;

  /** @param readAtMs when the server read the page, by its own clock: what happened since is told too */
  constructor(listener: Listener, words: string[] | null, readAtMs: number) {
    this.#listener = listener;
    this.#words = words;
    this.#readAtMs = readAtMs;
    if ("locks" in navigator) this.#share();
    else this.#source = new NewsSource(listener, { watch: this.#allWishes(), readAtMs });
  }

  /** What this tab shows now. */
  wish(words: string[] | null): void {
    this.#words = words;
    this.#post({ type: "wish", tab: this.#tab, words });
    this.#adjust();
  }

  close(): void {
    this.#post({ type: "gone", tab: this.#tab });
    this.#stop.abort();
    clearTimeout(this.#settle);
    this.#source?.close();
    this.#channel?.close();
    this.#channel = undefined;
  }

  #share(): void {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = (event: MessageEvent<Message>) => this.#hearTab(event.data);
    this.#channel = channel;
    const repeat = setInterval(
      () => this.#post({ type: "wish", tab: this.#tab, words: this.#words }),
      repeatMs,
    );
    // What another tab told before this one began to hear is unknown.
    let hasWaited = false;
    const waiting = setTimeout(() => {
      hasWaited = true;
      this.#post({ type: "wish", tab: this.#tab, words: this.#words });
      this.#listener({ type: "resync" });
    }, waitMs);
    this.#stop.signal.addEventListener("abort", () => {
      clearTimeout(waiting);
      clearInterval(repeat);
    });
    // The lock is held as long as this tab lives; then the next tab in line connects.
    const held = navigator.locks.request(channelName, { signal: this.#stop.signal }, () => {
      clearTimeout(waiting);
      this.#lead(hasWaited);
      return new Promise<void>((resolve) => this.#stop.signal.addEventListener("abort", () => resolve()));
    });
    held.catch((error: unknown) => {
      if (!this.#stop.signal.aborted) throw error;
    });
  }

  /** @param isLate another tab held the connection until now, and something may have been missed */
  #lead(isLate: boolean): void {
    this.#post({ type: "ask" });
    this.#source = new NewsSource(
      (news) => {
        this.#listener(news);
        this.#post({ type: "news", news });
      },
      { watch: this.#allWishes(), readAtMs: isLate ? null : this.#readAtMs },
    );
    if (!isLate) return;
    this.#listener({ type: "resync" });
    this.#post({ type: "news", news: { type: "resync" } });
  }

  #hearTab(message: Message): void {
    if (message.type === "news") return this.#listener(message.news);
    if (message.type === "ask") return this.#post({ type: "wish", tab: this.#tab, words: this.#words });
    if (message.type === "gone") this.#others.delete(message.tab);
    else this.#others.set(message.tab, { words: message.words, at: Date.now() });
    this.#adjust();
  }

  /** Only the tab that holds the connection has something to adjust. */
  #adjust(): void {
    const source = this.#source;
    if (source === undefined) return;
    clearTimeout(this.#settle);
    const wait = covers(source.watch, this.#allWishes()) ? narrowMs : settleMs;
    this.#settle = setTimeout(() => source.wish(this.#allWishes()), wait);
  }

  #allWishes(): string | null {
    for (const [tab, { at }] of this.#others) {
      if (Date.now() - at > forgottenMs) this.#others.delete(tab);
    }
    const wishes = [this.#words, ...[...this.#others.values()].map(({ words }) => words)];
    if (wishes.includes(null)) return null;
    return writeInterests(wishes.flatMap((words) => words ?? []));
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }
}

/** Whether what is told already holds all that is wished for. */
function covers(told: string | null, wished: string | null): boolean {
  if (told === null) return true;
  if (wished === null) return false;
  const words = new Set(told.split(","));
  return wished.split(",").every((word) => words.has(word));
}
