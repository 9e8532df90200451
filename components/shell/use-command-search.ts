"use client";

import { useEffect, useState } from "react";
import type { Command, CommandSearch } from "./command";

const typingPauseMs = 180;
const shortestQuery = 2;

type Answer = { query: string; found: readonly Command[] };

/** Asks once typing pauses; an answer to an older question is dropped. */
export function useCommandSearch(query: string, search: CommandSearch) {
  const [answer, setAnswer] = useState<Answer>({ query: "", found: [] });
  const wanted = query.trim();
  const asks = wanted.length >= shortestQuery;

  useEffect(() => {
    if (!asks) return;
    let current = true;
    const accept = (found: readonly Command[]) => {
      if (current) setAnswer({ query: wanted, found });
    };
    const timer = setTimeout(() => {
      search(wanted).then(accept, () => accept([]));
    }, typingPauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asks, wanted, search]);

  return {
    found: asks && answer.query === wanted ? answer.found : [],
    searching: asks && answer.query !== wanted,
  };
}
