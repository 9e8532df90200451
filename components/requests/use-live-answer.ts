"use client";

import { useEffect, useRef, useState } from "react";
import type { ActionFailure, ActionResult } from "@/components/ui/action-result";

export type LiveAnswer<Told> =
  | { phase: "resting" }
  /** The previous answer stays readable while the next one is on its way. */
  | { phase: "checking"; told: Told | null }
  | { phase: "told"; told: Told }
  | { phase: "refused"; failure: ActionFailure };

const typingPauseMs = 400;

/**
 * Asks anew when the question has changed and rested; one question is under way at a time, because the framework queues
 * server actions and a backlog would hold up the form's own. An answer to an older question is never shown as current.
 */
export function useLiveAnswer<Question, Told>(
  question: Question | null,
  ask: (question: Question) => Promise<ActionResult<Told>>,
): { answer: LiveAnswer<Told>; askAgain: () => void } {
  const [round, setRound] = useState(1);
  const [last, setLast] = useState<{ key: string; result: ActionResult<Told> } | null>(null);
  const wanted = useRef<{ key: string; question: Question } | null>(null);
  const isAsking = useRef(false);
  const key = question === null ? null : JSON.stringify([round, question]);

  useEffect(() => {
    wanted.current = key === null ? null : { key, question: questionIn<Question>(key) };
    if (key === null) return;
    const timer = setTimeout(() => void askUntilSettled(), typingPauseMs);
    return () => clearTimeout(timer);

    async function askUntilSettled() {
      if (isAsking.current) return;
      isAsking.current = true;
      let answered: string | null = null;
      while (wanted.current !== null && wanted.current.key !== answered) {
        const { key: asked, question: text } = wanted.current;
        setLast({ key: asked, result: await ask(text).catch(lostConnection) });
        answered = asked;
      }
      isAsking.current = false;
    }
  }, [key, ask]);

  return { answer: answerTo(key, last), askAgain: () => setRound(round + 1) };
}

function answerTo<Told>(
  key: string | null,
  last: { key: string; result: ActionResult<Told> } | null,
): LiveAnswer<Told> {
  if (key === null) return { phase: "resting" };
  if (last?.key !== key) return { phase: "checking", told: last?.result.ok ? last.result.data : null };
  return last.result.ok
    ? { phase: "told", told: last.result.data }
    : { phase: "refused", failure: last.result };
}

/** The key is the question's own text behind the round it is asked in. */
function questionIn<Question>(key: string): Question {
  const [, question] = JSON.parse(key) as [number, Question];
  return question;
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
