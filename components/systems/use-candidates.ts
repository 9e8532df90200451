"use client";

import { useEffect, useState } from "react";
import type { CandidateRow } from "@/lib/access/members/schema";

/** Asks a door who is called like that; null where it did not answer. */
export type FindCandidates = (q: string) => Promise<readonly CandidateRow[] | null>;

interface Answer {
  q: string;
  found: readonly CandidateRow[] | null;
}

const typingPauseMs = 180;

/** Asks once typing pauses; an answer to an older question is dropped. */
export function useCandidates(typed: string, find: FindCandidates) {
  const [answer, setAnswer] = useState<Answer>({ q: "", found: [] });
  const q = typed.trim();

  useEffect(() => {
    if (q === "") return;
    let isCurrent = true;
    const accept = (found: readonly CandidateRow[] | null) => isCurrent && setAnswer({ q, found });
    const ask = () => void find(q).then(accept, () => accept(null));
    const timer = setTimeout(ask, typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [q, find]);

  const isAnswered = q !== "" && answer.q === q;
  return {
    found: isAnswered ? (answer.found ?? []) : [],
    isSearching: q !== "" && !isAnswered,
    hasFailed: isAnswered && answer.found === null,
    isEmpty: isAnswered && answer.found?.length === 0,
  };
}
