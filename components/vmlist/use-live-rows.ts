"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useState } from "react";
import { useNews } from "@/components/shell/use-news";
import { columnOf, type VmSort } from "@/lib/vms/list/columns/rules";
import type { VmListRow } from "@/lib/vms/list/schema";
import { receiveRows, showRows, updateRows, type KeptRows } from "./keep-rows";
import { readRows } from "./read-rows";

const gatherMs = 150;
/** No more is asked about at once, however much is made. */
const askedMax = 100;

interface Live {
  rows: readonly VmListRow[];
  /** Changes with the search, the order and the page. */
  listKey: string;
  q: string;
  /** What else narrows the list, in the words of the API. */
  filters: readonly [name: string, value: string][];
  sort: VmSort;
  /** What is new stands on the first page alone. */
  isFirstPage: boolean;
}

/** Rows that stay true while nobody's eye loses its place; `showAll` puts everything where it belongs. */
export function useLiveRows({ rows, listKey, q, filters, sort, isFirstPage }: Live) {
  const router = useRouter();
  const column = columnOf(sort);
  const [kept, setKept] = useState<KeptRows>(() => showRows(listKey, rows));
  if (kept.sent !== rows || kept.key !== listKey) setKept(receiveRows(kept, { key: listKey, rows, column }));
  const shown = kept.rows.map(({ vm }) => vm.id);

  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  useNews([...shown.map((id) => `vm:${id}`), ...(isFirstPage ? ["vm+"] : [])], (news) =>
    setChanged((before) => new Set([...before, ...(news.type === "change" ? [news.id] : shown)])),
  );

  const readChanged = useEffectEvent(async () => {
    if (document.hidden || changed.size === 0) return;
    setChanged(new Set());
    const ids = [...changed].filter((id) => isFirstPage || shown.includes(id)).slice(0, askedMax);
    const read = ids.length === 0 ? null : await readMatching(ids, { q, filters });
    if (read === null) return;
    setKept((before) =>
      before.key === listKey ? withRead(before, { ...read, column, asked: new Set(ids) }) : before,
    );
  });

  /** A burst of news is one question; a hidden page asks when somebody looks at it. */
  const isWaiting = changed.size > 0;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => void readChanged(), gatherMs);
    const look = () => void readChanged();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isWaiting]);

  function showAll() {
    setKept((before) => ({ ...before, isAccepting: true }));
    startTransition(() => router.refresh());
  }

  return { rows: kept.rows, arrivedCount: kept.arrived.size, showAll };
}

async function readMatching(ids: readonly string[], { q, filters }: Pick<Live, "q" | "filters">) {
  const rows = await readRows({ ids, perPage: askedMax }, true);
  const isNarrowed = q !== "" || filters.length > 0;
  const matched = isNarrowed ? await readRows({ ids, q, filters, perPage: askedMax }, true) : rows;
  if (rows === null || matched === null) return null;
  return { rows, matching: new Set(matched.map(({ id }) => id)) };
}

function withRead(before: KeptRows, read: Parameters<typeof updateRows>[1]): KeptRows {
  const here = new Set(before.rows.map(({ vm }) => vm.id));
  const arrived = [...read.matching].filter((id) => !here.has(id));
  return { ...updateRows(before, read), arrived: new Set([...before.arrived, ...arrived]) };
}
