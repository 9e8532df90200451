import { describe, expect, test } from "vitest";
import { guestLayouts, type GuestLayout } from "@/lib/console/preferences/rules";
import { keysymOf, strokesOf, type Stroke } from "./keyboard-layouts";
import { keyRows, layoutTables } from "./keyboard-tables";

const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
const combining: Record<number, string> = {
  0xfe50: "\u0300",
  0xfe51: "\u0301",
  0xfe52: "\u0302",
  0xfe53: "\u0303",
  0xfe57: "\u0308",
};

/** A guest of its own: what a key types by its place and what is held, read from the table the other way round. */
function guestOf(layout: GuestLayout) {
  const table = layoutTables[layout];
  const typed = new Map<string, string>();
  const put = (code: string, held: string, text: string) => typed.set(`${held}${code}`, text);
  for (const [at, codes] of keyRows.entries())
    for (const [place, code] of codes.split(" ").entries()) {
      put(code, "", table.plain[at]?.[place] ?? " ");
      put(code, "shift ", table.shift[at]?.[place] ?? " ");
    }
  for (const [held, pairs] of [
    ["altGr ", table.altGr],
    ["shift altGr ", table.shiftAltGr ?? ""],
  ] as const)
    for (const [, code = "", text = ""] of pairs.matchAll(/(\S+) (\S+)/g)) put(code, held, text);
  return (strokes: readonly Stroke[]): string => {
    let text = "";
    let accent = "";
    for (const { code, keysym, shift, altGr } of strokes) {
      const key = `${shift ? "shift " : ""}${altGr ? "altGr " : ""}${code}`;
      const mark = combining[keysym];
      if (mark !== undefined) {
        expect(table.dead.some(([, at]) => at === code)).toBe(true);
        accent = mark;
        continue;
      }
      const named: Record<string, string> = { Space: " ", Enter: "\n", Tab: "\t" };
      text += compose(named[key] ?? typed.get(key) ?? "", accent);
      accent = "";
    }
    return text;
  };
}

function compose(letter: string, accent: string): string {
  const alone: Record<string, string> = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
  };
  if (accent !== "" && letter === " ") return alone[accent] ?? "";
  return (letter + accent).normalize("NFC");
}

describe.each(guestLayouts)("the layout %s", (layout) => {
  test.each(printable)("types %s, and the guest reads the same", (character) => {
    const strokes = strokesOf(layout).get(character);
    expect(strokes).toBeDefined();
    expect(guestOf(layout)(strokes ?? [])).toBe(character);
  });

  test("everything it types comes back as it was", () => {
    const read = guestOf(layout);
    const wrong = [...strokesOf(layout)].filter(([character, strokes]) => read(strokes) !== character);
    expect(wrong.map(([character]) => character)).toEqual([]);
  });

  test("no row is longer than its keys", () => {
    const { plain, shift } = layoutTables[layout];
    for (const rows of [plain, shift])
      for (const [at, row] of rows.entries())
        expect(row.length).toBeLessThanOrEqual((keyRows[at] ?? "").split(" ").length);
  });
});

// From the drawings of the keyboards themselves, not from the tables.
test.each([
  ["us", "@", "shift Digit2"],
  ["us", "\\", "Backslash"],
  ["us_intl", "é", "altGr KeyE"],
  ["us_intl", '"', "shift Quote, Space"],
  ["gb", '"', "shift Digit2"],
  ["gb", "#", "Backslash"],
  ["gb", "\\", "IntlBackslash"],
  ["de", "z", "KeyY"],
  ["de", "@", "altGr KeyQ"],
  ["de", "ß", "Minus"],
  ["de", "é", "Equal, KeyE"],
  ["fr", "a", "KeyQ"],
  ["fr", "1", "shift Digit1"],
  ["fr", "m", "Semicolon"],
  ["fr", "ê", "BracketLeft, KeyE"],
  ["es", "ñ", "Semicolon"],
  ["es", "Á", "Quote, shift KeyA"],
  ["it", "{", "shift altGr BracketLeft"],
  ["se", "å", "BracketLeft"],
  ["se", "~", "altGr BracketRight, Space"],
  ["no", "ø", "Semicolon"],
  ["ch", "è", "shift BracketLeft"],
  ["ch", "y", "KeyZ"],
  ["jp", "@", "BracketLeft"],
  ["jp", "_", "shift IntlRo"],
] as const)("on a keyboard of %s, %s is %s", (layout, character, keys) => {
  const strokes = strokesOf(layout).get(character) ?? [];
  const written = strokes.map(
    ({ shift, altGr, code }) => `${shift ? "shift " : ""}${altGr ? "altGr " : ""}${code}`,
  );
  expect(written.join(", ")).toBe(keys);
});

test("what a layout does not have, it does not claim", () => {
  expect(strokesOf("us").has("é")).toBe(false);
  expect(strokesOf("jp").has("ü")).toBe(false);
  for (const layout of guestLayouts) expect(strokesOf(layout).has("\u{1f600}")).toBe(false);
});

test("X knows a character by its number in Latin, and by Unicode's beyond", () => {
  expect([keysymOf("a"), keysymOf("ß"), keysymOf("€"), keysymOf("漢")]).toEqual([
    0x61, 0xdf, 0x20ac, 0x01006f22,
  ]);
});
