"use client";

import { useEffect, useState } from "react";
import type * as searchCompletion from "./complete-search";

export type Completion = typeof searchCompletion;

/** What completes a search, fetched once somebody types; until then, and where that fails, nothing is offered. */
export function useCompletion(isWanted: boolean): Completion | null {
  const [completion, setCompletion] = useState<Completion | null>(null);
  const isMissing = isWanted && completion === null;
  useEffect(() => {
    if (!isMissing) return;
    import("./complete-search").then(setCompletion, () => undefined);
  }, [isMissing]);
  return completion;
}
