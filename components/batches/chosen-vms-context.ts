"use client";

import { createContext, useContext } from "react";

export interface ChosenVms {
  chosen: ReadonlySet<string>;
  choose: (ids: readonly string[], isChosen: boolean) => void;
}

export const ChosenVmsContext = createContext<ChosenVms | null>(null);

/** Null where nothing can be chosen. */
export function useChosenVms(): ChosenVms | null {
  return useContext(ChosenVmsContext);
}
