"use client";

import { useState, useSyncExternalStore } from "react";

const key = "sign-in-way";
const nothing = () => () => undefined;

/** Which account somebody signs in with; the browser remembers the one that worked last. */
export function useChosenWay(offered: readonly string[], preset: string) {
  const remembered = useSyncExternalStore(nothing, readRemembered, () => null);
  const [chosen, setChosen] = useState<string | null>(null);
  const way = [chosen, remembered].find((id) => id !== null && offered.includes(id)) ?? preset;
  return { way, choose: setChosen };
}

export function rememberWay(way: string): void {
  try {
    localStorage.setItem(key, way);
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}

function readRemembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
