import type { ListChoices } from "./choices/schema";
import type { SearchTerm, TextKey } from "./language/schema";
import { defaultColumns, defaultSort, listColumns, type ListColumn, type VmSort } from "./columns/rules";
import type { ViewRow } from "./views/schema";

/** What an address asks the list for. */
export interface ListWish {
  q?: string | undefined;
  sort?: VmSort | undefined;
  /** Names with commas between them. */
  columns?: string | undefined;
  /** A view's id, or `all` for none. */
  view?: string | undefined;
}

export interface SettledList {
  q: string;
  sort: VmSort;
  columns: readonly ListColumn[];
  view: ViewRow | null;
  /** Whether the address asks for something else than its view. */
  isChanged: boolean;
}

/** The address counts before the view that it names, and the view before what the person likes. */
export function settleList(wish: ListWish, choices: ListChoices, views: readonly ViewRow[]): SettledList {
  const view = views.find(({ id }) => id === wish.view) ?? null;
  const q = wish.q ?? view?.query ?? "";
  const sort = wish.sort ?? view?.sort ?? defaultSort;
  const ofView = view !== null && view.columns.length > 0 ? view.columns : null;
  const liked = choices.columns ?? defaultColumns;
  const columns = readColumns(wish.columns) ?? ofView ?? liked;
  const isChanged =
    view !== null && (q !== view.query || sort !== view.sort || columns.join() !== (ofView ?? liked).join());
  return { q, sort, columns, view, isChanged };
}

/** The view to open where the address asks for nothing. */
export function openingView(wish: ListWish, choices: ListChoices, views: readonly ViewRow[]): string | null {
  const isPlain = Object.values(wish).every((member) => member === undefined);
  return isPlain ? (views.find(({ id }) => id === choices.defaultViewId)?.id ?? null) : null;
}

/** In the list's own order, whatever the address says; null where it names none. */
export function readColumns(text: string | undefined): ListColumn[] | null {
  const named = new Set(text?.split(","));
  const columns = listColumns.filter((column) => named.has(column));
  return columns.length === 0 ? null : columns;
}

/** The one System and service that a search is about; null where it names none, several, or a pattern. */
export function placeIn(terms: readonly SearchTerm[]): { system: string | null; service: string | null } {
  return { system: namedIn(terms, "system"), service: namedIn(terms, "service") };
}

function namedIn(terms: readonly SearchTerm[], key: TextKey): string | null {
  const about = terms.filter((term) => term.type === "text" && term.key === key);
  const [term] = about;
  if (about.length !== 1 || term?.type !== "text" || term.isNegated) return null;
  const [value] = term.values;
  return term.values.length === 1 && value?.isPattern === false ? value.text.toLowerCase() : null;
}
