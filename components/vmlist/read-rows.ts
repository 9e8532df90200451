import { liveRefreshCookieName } from "@/lib/vocabulary/cookie-names";
import type { VmListRow } from "@/lib/vms/list/schema";

/** For so long what is asked counts as the page's own doing and not as somebody's. */
const refreshSeconds = 2;
const camelOf = (name: string) => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
const times = new Set(["statusSince", "observedAt", "createdAt", "expiresAt"]);

interface Asked {
  ids?: readonly string[];
  q?: string;
  sort?: string;
  /** What else narrows the list, in the words of the API. */
  filters?: readonly [name: string, value: string][];
  perPage: number;
}

/** Rows by the portal's own door; null where it did not answer with any. */
export async function readRows({ ids = [], q, sort, filters = [], perPage }: Asked, isByItself: boolean) {
  const query = new URLSearchParams([
    ["per_page", String(perPage)],
    ...filters,
    ...ids.map((id) => ["ids", id]),
  ]);
  if (q) query.set("q", q);
  if (sort) query.set("sort", sort);
  if (isByItself)
    document.cookie = `${liveRefreshCookieName}=1; Path=/; SameSite=Strict; Max-Age=${refreshSeconds}`;
  const answer = await fetch(`/api/v1/vms?${query.toString()}`, { cache: "no-store" }).catch(() => null);
  if (answer?.ok !== true) return null;
  const page: unknown = await answer.json();
  if (typeof page !== "object" || page === null || !("items" in page) || !Array.isArray(page.items))
    return null;
  return page.items.map(rowOf);
}

/** The door's output has passed the schema of these rows; only names and times are written otherwise on the wire. */
function rowOf(wire: object): VmListRow {
  const members = Object.entries(wire).map(([name, value]: [string, unknown]) => {
    const member = camelOf(name);
    return [member, times.has(member) && typeof value === "string" ? new Date(value) : value];
  });
  return Object.fromEntries(members) as VmListRow;
}
