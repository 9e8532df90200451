export type Search = Record<string, string | string[] | undefined>;

interface PageLinks {
  previousHref: string | undefined;
  nextHref: string | undefined;
}

/** Cursors never contain it. */
const separator = "~";
const trailLengthMax = 40;

/** A cursor only leads forward; the trail of the pages before it, in the address, leads back. */
export function pageLinks(path: string, search: Search, nextCursor: string | null): PageLinks {
  const cursor = textOf(search["cursor"]);
  const trail = textOf(search["trail"]).split(separator).filter(Boolean);
  const forward = cursor === "" ? [] : [...trail, cursor].slice(-trailLengthMax);
  return {
    previousHref: cursor === "" ? undefined : hrefOf(path, search, trail.at(-1) ?? null, trail.slice(0, -1)),
    nextHref: nextCursor === null ? undefined : hrefOf(path, search, nextCursor, forward),
  };
}

function hrefOf(path: string, search: Search, cursor: string | null, trail: string[]): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (name !== "cursor" && name !== "trail" && textOf(value) !== "") query.set(name, textOf(value));
  }
  if (cursor !== null) query.set("cursor", cursor);
  if (trail.length > 0) query.set("trail", trail.join(separator));
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function textOf(value: string | string[] | undefined): string {
  return [value ?? ""].flat().at(-1) ?? "";
}
