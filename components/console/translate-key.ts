import type { GuestLayout } from "@/lib/console/preferences/rules";
import { strokesOf } from "./keyboard-layouts";
import { movesOf, type KeyMove } from "./type-strokes";

/** What of a pressed key decides which keys the guest gets. */
export interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  getModifierState(name: "AltGraph" | "CapsLock"): boolean;
}

/**
 * The keys that type the same character in the guest, under its own layout; null for what is passed on as it is:
 * shortcuts, keys without a character, and characters that the layout does not have.
 */
export function translateKey(pressed: PressedKey, layout: GuestLayout): KeyMove[] | null {
  const { key } = pressed;
  // The letter that comes after an accent brings the accent along.
  if (key === "Dead") return [];
  if ([...key].length !== 1) return null;
  const altGr = pressed.getModifierState("AltGraph");
  if (pressed.metaKey || ((pressed.ctrlKey || pressed.altKey) && !altGr)) return null;
  const strokes = strokesOf(layout).get(key);
  if (strokes === undefined) return null;
  const held = { shift: pressed.shiftKey, altGr };
  // Its own lock is on as well, and turns every letter around once more.
  const isTurned = pressed.getModifierState("CapsLock");
  return strokes.flatMap((stroke) => {
    const isLetter = /^Key/.test(stroke.code) && !stroke.altGr;
    return movesOf(isTurned && isLetter ? { ...stroke, shift: !stroke.shift } : stroke, held);
  });
}
