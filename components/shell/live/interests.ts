import type { News } from "./news";
import { isWanted, readInterests } from "@/lib/access/interests/rules";

/** The bell, the dock and whoever asks for one's console are on every page. */
const always = ["notification", "ticket", "console", "batch"];

export type NewsForLeaf = Extract<News, { type: "change" | "resync" }>;

interface Wish {
  words: readonly string[];
  /** Set: news of these are for the leaf alone and the page is not read again. */
  onNews?: (news: NewsForLeaf) => void;
}

/** What is on the screen of this tab. Nothing said means everything. */
const wishes = new Map<symbol, Wish>();
const listeners = new Set<() => void>();

/** @returns takes it back */
export function declareInterests(wish: Wish): () => void {
  const key = Symbol("wish");
  wishes.set(key, wish);
  tellListeners();
  return () => {
    wishes.delete(key);
    tellListeners();
  };
}

export function onInterestsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All that this tab wants to hear; null for everything. */
export function allInterests(): string[] | null {
  if (!hasPageInterests()) return null;
  return [...always, ...[...wishes.values()].flatMap(({ words }) => words)];
}

/** Tells the leaves; true where the page itself has to be read again. */
export function passOn(news: NewsForLeaf): boolean {
  for (const { words, onNews } of wishes.values()) {
    if (onNews !== undefined && concerns(words, news)) onNews(news);
  }
  if (news.type === "resync" || !hasPageInterests()) return true;
  const pageWords = [...wishes.values()].flatMap(({ words, onNews }) => (onNews === undefined ? words : []));
  return concerns([...always, ...pageWords], news);
}

function hasPageInterests(): boolean {
  return [...wishes.values()].some(({ onNews }) => onNews === undefined);
}

function concerns(words: readonly string[], news: NewsForLeaf): boolean {
  return news.type === "resync" || isWanted(readInterests(words.join(",")), news);
}

function tellListeners(): void {
  for (const listener of listeners) listener();
}
