import type { SearchParameters } from "./read-search";

/** The address of the list's next page under the same filters; undefined on the last page. */
export function nextPageHref(
  path: string,
  search: SearchParameters,
  nextCursor: string | null,
): string | undefined {
  if (nextCursor === null) return undefined;
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string") next.set(name, value);
  }
  next.set("cursor", nextCursor);
  return `${path}?${next.toString()}`;
}
