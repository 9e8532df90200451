import { assertNever } from "@/lib/core/errors";

/** What the list can be ordered by; a leading minus turns the order round. */
export const sortColumns = [
  ...(["name", "status", "since", "created"] as const),
  ...(["cpu", "memory", "disk", "expires"] as const),
] as const;
export type SortColumn = (typeof sortColumns)[number];
export const vmSorts = [...sortColumns, ...sortColumns.map((column) => `-${column}` as const)] as const;
export type VmSort = (typeof vmSorts)[number];
export const defaultSort: VmSort = "-created";

/** What the list can show beside the name, in this order. */
export const listColumns = [
  ...(["status", "since", "service", "place", "cluster", "size", "cpu", "memory", "disk"] as const),
  ...(["ip", "template", "owner", "expires", "created"] as const),
] as const;
export type ListColumn = (typeof listColumns)[number];
export const defaultColumns: readonly ListColumn[] = ["status", "service", "place", "size", "ip", "created"];

export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

/** Keys of the search whose values are names that nobody knows by heart. */
export const namedKeys = [
  ...(["system", "service", "env", "namespace"] as const),
  ...(["cluster", "template", "size", "owner"] as const),
] as const;
export type NamedKey = (typeof namedKeys)[number];

/** The column that a sort goes by, whichever way round. */
export function columnOf(sort: VmSort): SortColumn {
  return sortColumns.find((one) => sort === one || sort === `-${one}`) ?? "created";
}

/** The column to order by behind a column's head; null where there is no order. */
export function sortOf(column: ListColumn | "name"): SortColumn | null {
  switch (column) {
    case "name":
    case "status":
    case "since":
    case "cpu":
    case "memory":
    case "disk":
    case "expires":
    case "created":
      return column;
    case "size":
      return "cpu";
    case "service":
    case "place":
    case "cluster":
    case "ip":
    case "template":
    case "owner":
      return null;
    default:
      return assertNever(column);
  }
}

type Direction = "ascending" | "descending" | "none";

export function directionOf(sort: VmSort, column: SortColumn): Direction {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : "none";
}

/** What a click on a column's head orders by next: what is newest and largest comes first. */
export function nextSort(sort: VmSort, column: SortColumn): VmSort {
  if (sort === column) return `-${column}`;
  if (sort === `-${column}`) return column;
  return column === "name" || column === "status" || column === "expires" ? column : `-${column}`;
}
