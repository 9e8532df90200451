import { newsKinds, type NewsKind } from "@/lib/vocabulary/news-kinds";

/** One thing that a page shows and so wants to hear of. */
export interface Interest {
  kind: NewsKind;
  /** Only this object. */
  id?: string;
  /** Only what belongs to this System. */
  systemId?: string;
  /** Only what has just been made. */
  isNew?: true;
}

/** What an announcement says, as far as it decides who wants to hear it. */
export interface Announcement {
  kind: NewsKind;
  id: string;
  systemId?: string | null | undefined;
  isNew?: boolean | null | undefined;
}

/** More than a page of a list shows; beyond it everything is told. */
export const interestsMax = 200;
/** An address may be this long on its way through any proxy. */
export const interestsLengthMax = 7_000;

const written = /^([a-z]+)(\+)?(?::([A-Za-z0-9._-]{1,64})|@([A-Za-z0-9-]{1,64}))?$/;

/** `vm`, `vm:<id>`, `vm+` for new ones, `vm@<System>`, `vm+@<System>`; null for anything else. */
export function readInterest(text: string): Interest | null {
  const [, word, plus, id, systemId] = written.exec(text) ?? [];
  const kind = newsKinds.find((one) => one === word);
  if (kind === undefined) return null;
  return {
    kind,
    ...(plus === undefined ? {} : { isNew: true as const }),
    ...(id === undefined ? {} : { id }),
    ...(systemId === undefined ? {} : { systemId }),
  };
}

/** What a page says it shows; null for everything, also where it says nonsense or too much. */
export function readInterests(text: string | null): Interest[] | null {
  if (text === null || text.length > interestsLengthMax) return null;
  const words = text.split(",").filter((word) => word !== "");
  const interests = words.map(readInterest);
  if (words.length > interestsMax || interests.includes(null)) return null;
  return interests.filter((interest) => interest !== null);
}

/** In one order and each once, so that the same wishes make the same address; null where they are too many. */
export function writeInterests(words: Iterable<string>): string | null {
  const unique = [...new Set(words)].toSorted();
  const text = unique.join(",");
  return unique.length > interestsMax || text.length > interestsLengthMax ? null : text;
}

export function isWanted(interests: readonly Interest[] | null, news: Announcement): boolean {
  return interests === null || interests.some((interest) => matches(interest, news));
}

function matches(interest: Interest, news: Announcement): boolean {
  return (
    interest.kind === news.kind &&
    (interest.id === undefined || interest.id === news.id) &&
    (interest.systemId === undefined || interest.systemId === news.systemId) &&
    (interest.isNew === undefined || news.isNew === true)
  );
}
