import type { GuestLayout } from "@/lib/console/preferences/rules";
import { strokesOf, type Stroke } from "./keyboard-layouts";

/** A character that no key of the layout types, and where it stands. */
export interface Untypable {
  character: string;
  /** As Unicode writes it: U+201C. */
  name: string;
  count: number;
  /** The first few places, counted from one. */
  places: readonly { line: number; column: number }[];
}

export interface PastePlan {
  strokes: readonly Stroke[];
  untypable: readonly Untypable[];
  untypableCount: number;
  characters: number;
  lineBreaks: number;
}

const placesShown = 3;

/** How a text would be typed under a layout, before any of it is sent. */
export function planPaste(text: string, layout: GuestLayout): PastePlan {
  const known = strokesOf(layout);
  const strokes: Stroke[] = [];
  const missing = new Map<string, Untypable>();
  const place = { line: 1, column: 0 };
  const characters = [...normalize(text)];
  for (const character of characters) {
    place.column += 1;
    const typed = known.get(character);
    if (typed === undefined) note(missing, character, place);
    else strokes.push(...typed);
    if (character === "\n") Object.assign(place, { line: place.line + 1, column: 0 });
  }
  const untypable = [...missing.values()];
  return {
    strokes,
    untypable,
    untypableCount: untypable.reduce((sum, { count }) => sum + count, 0),
    characters: characters.length,
    lineBreaks: place.line - 1,
  };
}

/** Line ends are one key, and a letter with its accent is one character. */
function normalize(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").normalize("NFC");
}

function note(
  missing: Map<string, Untypable>,
  character: string,
  place: { line: number; column: number },
): void {
  const before = missing.get(character) ?? { character, name: nameOf(character), count: 0, places: [] };
  const places = before.places.length < placesShown ? [...before.places, { ...place }] : before.places;
  missing.set(character, { ...before, count: before.count + 1, places });
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
