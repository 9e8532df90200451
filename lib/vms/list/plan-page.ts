import { Prisma } from "@/prisma/generated/client";
import { fieldRefused } from "@/lib/core/errors";
import { readCursor } from "@/lib/core/paging";
import { columnOf, type SortColumn, type VmSort } from "./columns/rules";
import type { VmListRow } from "./schema";

interface Sorting {
  /** Never null, so that rows and cursors compare as one pair with the id. */
  column: (isDescending: boolean) => Prisma.Sql;
  cast: Prisma.Sql;
  /** The form in which keyOf writes it. */
  written: RegExp;
  valueOf: (row: VmListRow) => string;
}

const time = { cast: Prisma.sql`timestamptz`, written: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ };
const number = { cast: Prisma.sql`numeric`, written: /^\d{1,9}(\.\d)?$/ };
const whole = { cast: Prisma.sql`int`, written: /^\d{1,9}$/ };
const text = { cast: Prisma.sql`text`, written: /^[^\0]{1,100}$/ };
const plain = (column: Prisma.Sql) => () => column;

const sortings: Record<SortColumn, Sorting> = {
  name: { ...text, column: plain(Prisma.sql`v.name`), valueOf: (row) => row.name },
  status: { ...text, column: plain(Prisma.sql`v.status`), valueOf: (row) => row.status },
  since: {
    ...time,
    column: plain(Prisma.sql`v.status_since`),
    valueOf: (row) => row.statusSince.toISOString(),
  },
  created: {
    ...time,
    column: plain(Prisma.sql`v.created_at`),
    valueOf: (row) => row.createdAt.toISOString(),
  },
  cpu: { ...number, column: plain(Prisma.sql`v.cpu_cores`), valueOf: (row) => String(row.cpuCores) },
  memory: { ...number, column: plain(Prisma.sql`v.memory_gi`), valueOf: (row) => String(row.memoryGi) },
  disk: { ...whole, column: plain(Prisma.sql`v.disk_gb`), valueOf: (row) => String(row.diskGb) },
  expires: {
    ...time,
    written: /^never$|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    // Machines without an end stand last in either order.
    column: (isDescending) =>
      isDescending
        ? Prisma.sql`coalesce(l.expires_at, '-infinity')`
        : Prisma.sql`coalesce(l.expires_at, 'infinity')`,
    valueOf: (row) => row.expiresAt?.toISOString() ?? "never",
  },
};

/** How one page is ordered, where it begins, and what the next one begins with. */
export interface PagePlan {
  needsLifetimes: boolean;
  order: Prisma.Sql;
  after: Prisma.Sql;
  /** Of the page's rows under their names, so that the outer statement keeps the order. */
  keyOf: (row: VmListRow) => [string, string];
}

export function planPage(sort: VmSort, cursor: string | undefined): PagePlan {
  const isDescending = sort.startsWith("-");
  const name = columnOf(sort);
  const sorting = sortings[name];
  const column = sorting.column(isDescending);
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return {
    needsLifetimes: name === "expires",
    order: Prisma.sql`${column} ${direction}, v.id ${direction}`,
    after: afterCursor({ sort, sorting, column, isDescending }, cursor),
    keyOf: (row) => [`${sort} ${sorting.valueOf(row)}`, row.id],
  };
}

interface Position {
  sort: VmSort;
  sorting: Sorting;
  column: Prisma.Sql;
  isDescending: boolean;
}

/** @throws VALIDATION_FAILED for a cursor of another order, or one that nobody was given */
function afterCursor(
  { sort, sorting, column, isDescending }: Position,
  cursor: string | undefined,
): Prisma.Sql {
  const read = readCursor(cursor);
  if (read === null) return Prisma.sql`TRUE`;
  const [given, id] = read;
  const value = given.slice(sort.length + 1);
  if (!given.startsWith(`${sort} `) || !sorting.written.test(value) || !isPossible(sorting, value))
    throw fieldRefused("cursor", "invalid_cursor");
  const edge = value === "never" ? (isDescending ? "-infinity" : "infinity") : value;
  const isPast = isDescending ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(${column}, v.id) ${isPast} (${edge}::text::${sorting.cast}, ${id})`;
}

/** A day that no calendar has would be the database's error. */
function isPossible({ cast }: Sorting, value: string): boolean {
  if (cast !== time.cast || value === "never") return true;
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && at.toISOString() === value;
}
