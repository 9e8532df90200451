"use client";

import { useEffect, useRef, useState } from "react";
import { setConsolePreferencesAction } from "@/app/actions/console-preferences";
import { showToast } from "@/components/ui/show-toast";
import { useErrorText } from "@/components/ui/use-error-text";
import type {
  ConsolePreferences,
  ConsoleViewChoice,
  KeyCombination,
  SetConsolePreferences,
} from "@/lib/console/preferences/schema";

const saveAfterMs = 600;

/** How the person likes consoles: what they change counts at once and is kept a moment later. */
export function useConsoleChoices(kept: ConsolePreferences) {
  const errorText = useErrorText();
  const [view, setView] = useState(kept.view);
  const [combinations, setCombinations] = useState<readonly KeyCombination[]>(kept.combinations);
  const unsaved = useRef<Partial<ConsoleViewChoice>>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  async function save(chosen: SetConsolePreferences): Promise<boolean> {
    const answer = await setConsolePreferencesAction(chosen).catch(() => null);
    if (answer?.ok) return true;
    showToast("error", errorText(answer ?? { code: "CONNECTION_LOST" }));
    return false;
  }

  function changeView(change: Partial<ConsoleViewChoice>) {
    setView((now) => ({ ...now, ...change }));
    unsaved.current = { ...unsaved.current, ...change };
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void save({ view: unsaved.current });
      unsaved.current = {};
    }, saveAfterMs);
  }

  /** @returns whether they were kept; what could not be kept is not shown either */
  async function changeCombinations(next: readonly KeyCombination[]): Promise<boolean> {
    const isKept = await save({ combinations: [...next] });
    if (isKept) setCombinations(next);
    return isKept;
  }

  return { view, combinations, changeView, changeCombinations };
}

export type ConsoleChoices = ReturnType<typeof useConsoleChoices>;
