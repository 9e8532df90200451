import { expect, test } from "vitest";
import { planPaste } from "./paste-plan";
import { translateKey, type PressedKey } from "./translate-key";
import { movesOf, typeStrokes, type KeyMove } from "./type-strokes";

const written = (moves: readonly KeyMove[]) =>
  moves.map(({ code, down }) => `${down ? "+" : "-"}${code}`).join(" ");

function pressed(key: string, held: Partial<PressedKey> & { locks?: readonly string[] } = {}): PressedKey {
  const { locks = [], ...more } = held;
  return {
    ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    getModifierState: (name) => locks.includes(name),
    ...more,
  };
}

test("what a stroke needs is held around it", () => {
  expect(written(movesOf({ keysym: 0x40, code: "KeyQ", shift: false, altGr: true }))).toBe(
    "+AltRight +KeyQ -KeyQ -AltRight",
  );
  expect(written(movesOf({ keysym: 0x7b, code: "BracketLeft", shift: true, altGr: true }))).toBe(
    "+ShiftLeft +AltRight +BracketLeft -BracketLeft -AltRight -ShiftLeft",
  );
});

test("what is held already stays so, and what is in the way is let go for the stroke", () => {
  const slash = { keysym: 0x2f, code: "Slash", shift: false, altGr: false };
  expect(written(movesOf(slash, { shift: true, altGr: false }))).toBe("-ShiftLeft +Slash -Slash +ShiftLeft");
  const question = { ...slash, shift: true };
  expect(written(movesOf(question, { shift: true, altGr: false }))).toBe("+Slash -Slash");
});

test("a text is typed in order, and told how far it is", async () => {
  const { strokes } = planPaste("Hi\n", "us");
  const [moves, progress]: [KeyMove[], number[]] = [[], []];
  const { signal } = new AbortController();
  const send = (move: KeyMove) => moves.push(move);
  await typeStrokes({ strokes, paceMs: 1, signal, send, onProgress: (typed) => progress.push(typed) });
  expect(written(moves)).toBe("+ShiftLeft +KeyH -KeyH -ShiftLeft +KeyI -KeyI +Enter -Enter");
  expect(progress).toEqual([1, 2, 3]);
});

test("whoever stops it stops between two strokes, with nothing held", async () => {
  const { strokes } = planPaste("ABCDEF", "us");
  const stop = new AbortController();
  const moves: KeyMove[] = [];
  const onProgress = (typed: number) => typed === 2 && stop.abort();
  await typeStrokes({
    strokes,
    paceMs: 0,
    signal: stop.signal,
    send: (move) => moves.push(move),
    onProgress,
  });
  expect(written(moves)).toBe("+ShiftLeft +KeyA -KeyA -ShiftLeft +ShiftLeft +KeyB -KeyB -ShiftLeft");
});

test("a key is translated to where the guest's layout has its character", () => {
  expect(written(translateKey(pressed("z"), "de") ?? [])).toBe("+KeyY -KeyY");
  // Shift + 7 types a slash on a German keyboard, and the guest has been told that Shift is held.
  expect(written(translateKey(pressed("/", { shiftKey: true }), "us") ?? [])).toBe(
    "-ShiftLeft +Slash -Slash +ShiftLeft",
  );
  const altGr = { ctrlKey: true, altKey: true, locks: ["AltGraph"] };
  expect(written(translateKey(pressed("@", altGr), "us") ?? [])).toBe(
    "+ShiftLeft -AltRight +Digit2 -Digit2 +AltRight -ShiftLeft",
  );
});

test("a lock that is on in the guest too is not applied twice", () => {
  expect(written(translateKey(pressed("A", { locks: ["CapsLock"] }), "us") ?? [])).toBe("+KeyA -KeyA");
});

test.each([
  ["a shortcut", pressed("c", { ctrlKey: true })],
  ["a key of the desk's own system", pressed("l", { metaKey: true })],
  ["a key that types nothing", pressed("ArrowUp")],
  ["a character that the layout lacks", pressed("漢")],
])("%s is passed on as it is", (_name, key) => {
  expect(translateKey(key, "de")).toBeNull();
});

test("an accent waits for its letter", () => {
  expect(translateKey(pressed("Dead"), "de")).toEqual([]);
  expect(written(translateKey(pressed("ê"), "fr") ?? [])).toBe("+BracketLeft -BracketLeft +KeyE -KeyE");
});
