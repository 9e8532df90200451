import { defaultFilter } from "cmdk";
import { useState, type KeyboardEvent } from "react";
import type { Command } from "./command";

/** By this word the palette knows what the server found: it stays, though its own words may not hold what was typed. */
export const foundWord = "\u0000found";
/** Below a command that begins with what was typed, above one that merely holds it somewhere. */
const foundRank = 0.9;

export const valueOf = (command: Command): string => `${command.label} ${command.id}`;
export const wordsOf = (command: Command): string[] => [...(command.keywords ?? []), command.hint ?? ""];

export function rank(value: string, query: string, words?: string[]): number {
  return words?.[0] === foundWord ? foundRank : defaultFilter(value, query, words);
}

interface Offered {
  commands: readonly Command[];
  found: readonly Command[];
}

/** Which row is marked: the best one whenever something is found, unless somebody has gone to another by the keys. */
export function useMark(query: string, { commands, found }: Offered) {
  const [value, move] = useState("");
  const [seen, setSeen] = useState({ query, found, isHeld: false });
  if (seen.query !== query || seen.found !== found) {
    const isHeld = seen.query === query && seen.isHeld;
    setSeen({ query, found, isHeld });
    const [first] = found;
    const isBeaten = commands.some((one) => rank(valueOf(one), query, wordsOf(one)) > foundRank);
    if (first !== undefined && !isHeld && !isBeaten) move(valueOf(first));
  }
  const hold = (event: KeyboardEvent) => {
    if (event.key.startsWith("Arrow")) setSeen((before) => ({ ...before, isHeld: true }));
  };
  return { value, move, hold };
}
