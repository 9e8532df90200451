"use client";

import { createContext, useContext, useMemo, useState, type ReactNode } from "react";

export type ChosenRequest = { ticketId: string; version: number; title: string };

type Selection = {
  chosen: readonly ChosenRequest[];
  toggle: (requests: readonly ChosenRequest[], isChosen: boolean) => void;
  clear: () => void;
};

const SelectionContext = createContext<Selection>({ chosen: [], toggle: () => {}, clear: () => {} });

export function useQueueSelection() {
  return useContext(SelectionContext);
}

/** What is chosen for one decision; each with the version that was looked at. */
export function QueueSelection({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<readonly ChosenRequest[]>([]);
  const selection = useMemo(
    () => ({
      chosen,
      toggle(requests: readonly ChosenRequest[], isChosen: boolean) {
        const ids = new Set(requests.map(({ ticketId }) => ticketId));
        setChosen((before) => [
          ...before.filter(({ ticketId }) => !ids.has(ticketId)),
          ...(isChosen ? requests : []),
        ]);
      },
      clear: () => setChosen([]),
    }),
    [chosen],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}
