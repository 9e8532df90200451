import type { GuestLayout } from "@/lib/console/preferences/rules";
import { keyRows, layoutTables, type Accent, type LayoutTable } from "./keyboard-tables";

/** One key, with what must be held beside it. */
export interface Stroke {
  keysym: number;
  code: string;
  shift: boolean;
  altGr: boolean;
}

type Level = "plain" | "shift" | "altGr" | "shiftAltGr";

const accents: Record<Accent, { keysym: number; combining: string }> = {
  "`": { keysym: 0xfe50, combining: "\u0300" },
  "´": { keysym: 0xfe51, combining: "\u0301" },
  "^": { keysym: 0xfe52, combining: "\u0302" },
  "~": { keysym: 0xfe53, combining: "\u0303" },
  "¨": { keysym: 0xfe57, combining: "\u0308" },
};

/** What an accent and a blank type; where apostrophe and quote have no key of their own, they are these. */
const accentAlone: Partial<Record<Accent, string>> = { "`": "`", "^": "^", "~": "~", "´": "'", "¨": '"' };

const named: Record<string, Stroke> = {
  "\n": { keysym: 0xff0d, code: "Enter", shift: false, altGr: false },
  "\t": { keysym: 0xff09, code: "Tab", shift: false, altGr: false },
  " ": { keysym: 0x20, code: "Space", shift: false, altGr: false },
};

const made = new Map<GuestLayout, ReadonlyMap<string, readonly Stroke[]>>();

/** Which keys type which character under a layout; a letter whose accent is a key of its own takes two. */
export function strokesOf(layout: GuestLayout): ReadonlyMap<string, readonly Stroke[]> {
  const known = made.get(layout) ?? makeStrokes(layoutTables[layout]);
  made.set(layout, known);
  return known;
}

/** X's number of a character. */
export function keysymOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (character === "€") return 0x20ac;
  return point <= 0xff ? point : 0x01000000 + point;
}

function makeStrokes(table: LayoutTable): Map<string, readonly Stroke[]> {
  const found = new Map<string, readonly Stroke[]>();
  const add = (character: string, strokes: readonly Stroke[]) => {
    if (!found.has(character)) found.set(character, strokes);
  };
  for (const [character, stroke] of Object.entries(named)) add(character, [stroke]);
  for (const level of ["plain", "shift"] as const)
    for (const [code, character] of keysOfRows(table[level]))
      add(character, [strokeOf(character, code, level)]);
  for (const level of ["altGr", "shiftAltGr"] as const)
    for (const [code, character] of keysOfPairs(table[level] ?? ""))
      add(character, [strokeOf(character, code, level)]);
  for (const dead of table.dead) addAccented(dead, found, add);
  return found;
}

function* keysOfRows(rows: readonly string[]): Generator<[code: string, character: string]> {
  for (const [at, row] of rows.entries()) {
    const codes = (keyRows[at] ?? "").split(" ");
    for (const [place, character] of [...row].entries()) {
      const code = codes[place];
      if (code !== undefined && character !== " ") yield [code, character];
    }
  }
}

function* keysOfPairs(pairs: string): Generator<[code: string, character: string]> {
  const words = pairs.split(" ");
  for (let at = 0; at + 1 < words.length; at += 2) yield [words[at] ?? "", words[at + 1] ?? ""];
}

function strokeOf(character: string, code: string, level: Level): Stroke {
  return {
    keysym: keysymOf(character),
    code,
    shift: level === "shift" || level === "shiftAltGr",
    altGr: level === "altGr" || level === "shiftAltGr",
  };
}

function addAccented(
  [accent, code, level]: LayoutTable["dead"][number],
  found: ReadonlyMap<string, readonly Stroke[]>,
  add: (character: string, strokes: readonly Stroke[]) => void,
): void {
  const { keysym, combining } = accents[accent];
  const dead: Stroke = { ...strokeOf(accent, code, level), keysym };
  for (const letter of "aeiouyncAEIOUYNC") {
    const whole = (letter + combining).normalize("NFC");
    const isOneOfLatin = whole.length === 1 && whole.charCodeAt(0) <= 0xff;
    if (isOneOfLatin) add(whole, [dead, ...(found.get(letter) ?? [])]);
  }
  const alone = accentAlone[accent];
  const blank = named[" "];
  if (alone !== undefined && blank !== undefined) add(alone, [dead, blank]);
}
