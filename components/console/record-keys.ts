import { combinationKeysMax } from "@/lib/console/preferences/rules";
import type { KeyCombination } from "@/lib/console/preferences/schema";
import { keysymOf } from "./keyboard-layouts";

export type RecordedKey = KeyCombination["keys"][number];

/** X's numbers of keys that type nothing, and how people call them; the right one of a pair has the next number. */
const namedKeys: Record<string, { keysym: number; name: string; hasRight?: boolean }> = {
  Control: { keysym: 0xffe3, name: "Ctrl", hasRight: true },
  Alt: { keysym: 0xffe9, name: "Alt", hasRight: true },
  Shift: { keysym: 0xffe1, name: "Shift", hasRight: true },
  Meta: { keysym: 0xffeb, name: "Super", hasRight: true },
  AltGraph: { keysym: 0xfe03, name: "AltGr" },
  Escape: { keysym: 0xff1b, name: "Esc" },
  Tab: { keysym: 0xff09, name: "Tab" },
  Enter: { keysym: 0xff0d, name: "Enter" },
  Backspace: { keysym: 0xff08, name: "Backspace" },
  Delete: { keysym: 0xffff, name: "Del" },
  Insert: { keysym: 0xff63, name: "Insert" },
  Home: { keysym: 0xff50, name: "Home" },
  End: { keysym: 0xff57, name: "End" },
  PageUp: { keysym: 0xff55, name: "Page Up" },
  PageDown: { keysym: 0xff56, name: "Page Down" },
  ArrowLeft: { keysym: 0xff51, name: "←" },
  ArrowUp: { keysym: 0xff52, name: "↑" },
  ArrowRight: { keysym: 0xff53, name: "→" },
  ArrowDown: { keysym: 0xff54, name: "↓" },
  CapsLock: { keysym: 0xffe5, name: "Caps Lock" },
  NumLock: { keysym: 0xff7f, name: "Num Lock" },
  ScrollLock: { keysym: 0xff14, name: "Scroll Lock" },
  PrintScreen: { keysym: 0xff61, name: "Print" },
  Pause: { keysym: 0xff13, name: "Pause" },
  ContextMenu: { keysym: 0xff67, name: "Menu" },
  " ": { keysym: 0x20, name: "Space" },
};

/** Keys that no page sees pressed, to be chosen instead. */
export const offeredKeys: readonly RecordedKey[] = [
  { keysym: 0xffe3, code: "ControlLeft" },
  { keysym: 0xffe9, code: "AltLeft" },
  { keysym: 0xffe1, code: "ShiftLeft" },
  { keysym: 0xffeb, code: "MetaLeft" },
  { keysym: 0xff09, code: "Tab" },
  { keysym: 0xff1b, code: "Escape" },
  { keysym: 0xffff, code: "Delete" },
];

/** What was pressed; null for what the guest could not be told. */
export function keyOf({ key, code }: { key: string; code: string }): RecordedKey | null {
  const known = namedKeys[key];
  if (known) return { keysym: known.keysym + (known.hasRight && code.endsWith("Right") ? 1 : 0), code };
  const functionKey = /^F(\d{1,2})$/.exec(key)?.[1];
  if (functionKey !== undefined) return { keysym: 0xffbd + Number(functionKey), code };
  return [...key].length === 1 ? { keysym: keysymOf(key.toLowerCase()), code } : null;
}

/** The keys with one more; a key counts once, and there is an end to what fingers hold. */
export function withKey(keys: readonly RecordedKey[], key: RecordedKey | null): readonly RecordedKey[] {
  if (key === null || keys.length >= combinationKeysMax) return keys;
  return keys.some(({ keysym }) => keysym === key.keysym) ? keys : [...keys, key];
}

/** As people write it: Ctrl + Alt + F2. */
export function nameOfKeys(keys: readonly RecordedKey[]): string {
  return keys.map(nameOfKey).join(" + ");
}

function nameOfKey({ keysym, code }: RecordedKey): string {
  const named = Object.values(namedKeys).find(
    (each) => each.keysym === keysym || (each.hasRight === true && each.keysym + 1 === keysym),
  );
  if (named) return named.name;
  if (keysym >= 0xffbe && keysym <= 0xffc9) return `F${keysym - 0xffbd}`;
  if (keysym > 0x20 && keysym <= 0xff) return String.fromCharCode(keysym).toUpperCase();
  return keysym > 0x01000000 ? String.fromCodePoint(keysym - 0x01000000) : code;
}
