import type { SortColumn } from "@/lib/vms/list/columns/rules";
import type { VmListRow } from "@/lib/vms/list/schema";

/** What has become of a row since somebody began to look at it. */
type Mark = "left" | "moved" | null;

export interface KeptRow {
  vm: VmListRow;
  mark: Mark;
}

export interface KeptRows {
  /** Which list this is: another search, order or page begins anew. */
  key: string;
  /** What the server sent last. */
  sent: readonly VmListRow[];
  rows: readonly KeptRow[];
  /** Machines that would stand here and are not shown yet. */
  arrived: ReadonlySet<string>;
  /** The next rows that the server sends are shown as they are. */
  isAccepting: boolean;
}

export function showRows(key: string, sent: readonly VmListRow[]): KeptRows {
  return { key, sent, rows: sent.map((vm) => ({ vm, mark: null })), arrived: new Set(), isAccepting: false };
}

interface Sent {
  key: string;
  rows: readonly VmListRow[];
  column: SortColumn;
}

/** Nothing moves under a pointer: rows change where they stand, and what would come, go or move is only told. */
export function receiveRows(kept: KeptRows, { key, rows, column }: Sent): KeptRows {
  if (kept.isAccepting || kept.key !== key) return showRows(key, rows);
  const shown = new Set(kept.rows.map(({ vm }) => vm.id));
  const arrived = rows.filter(({ id }) => !shown.has(id)).map(({ id }) => id);
  // What is new may have pushed the last rows onto the next page.
  const asked = arrived.length > 0 ? new Set(rows.map(({ id }) => id)) : shown;
  const updated = updateRows(kept, { rows, matching: new Set(rows.map(({ id }) => id)), column, asked });
  return { ...updated, sent: rows, arrived: new Set([...kept.arrived, ...arrived]) };
}

interface Read {
  rows: readonly VmListRow[];
  /** Which of the rows still match the search. */
  matching: ReadonlySet<string>;
  column: SortColumn;
  /** Whose reading it is: what was asked for and not read is there no more. */
  asked: ReadonlySet<string>;
}

/** Rows that were read again, in their places. */
export function updateRows(kept: KeptRows, read: Read): KeptRows {
  const found = new Map(read.rows.map((vm) => [vm.id, vm]));
  const rows = kept.rows.map((row): KeptRow => {
    const vm = found.get(row.vm.id);
    if (!read.asked.has(row.vm.id)) return row;
    if (vm === undefined) return { ...row, mark: "left" };
    if (!read.matching.has(vm.id)) return { vm, mark: "left" };
    return { vm, mark: row.mark === "moved" || hasMoved(row.vm, vm, read.column) ? "moved" : null };
  });
  return { ...kept, rows };
}

function hasMoved(before: VmListRow, after: VmListRow, column: SortColumn): boolean {
  return String(sortValue(before, column)) !== String(sortValue(after, column));
}

function sortValue(vm: VmListRow, column: SortColumn): string | number | Date | null {
  const values = {
    ...{ name: vm.name, status: vm.status, since: vm.statusSince, created: vm.createdAt },
    ...{ cpu: vm.cpuCores, memory: vm.memoryGi, disk: vm.diskGb, expires: vm.expiresAt },
  };
  return values[column];
}
