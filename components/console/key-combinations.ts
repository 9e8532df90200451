import type { KeyCombination } from "@/lib/console/preferences/schema";

type Key = KeyCombination["keys"][number];

const control: Key = { keysym: 0xffe3, code: "ControlLeft" };
const alt: Key = { keysym: 0xffe9, code: "AltLeft" };
const shift: Key = { keysym: 0xffe1, code: "ShiftLeft" };
const superKey: Key = { keysym: 0xffeb, code: "MetaLeft" };
const tab: Key = { keysym: 0xff09, code: "Tab" };
const f = (number: number): Key => ({ keysym: 0xffbd + number, code: `F${number}` });
const functionKeys = Array.from({ length: 12 }, (_, at) => at + 1);

export const ctrlAltDel: KeyCombination = {
  name: "Ctrl + Alt + Del",
  keys: [control, alt, { keysym: 0xffff, code: "Delete" }],
};

/** Keys that the browser or the desk's own system keeps for itself; pressed in order, released backwards. */
export const commonCombinations: readonly KeyCombination[] = [
  { name: "Esc", keys: [{ keysym: 0xff1b, code: "Escape" }] },
  { name: "Tab", keys: [tab] },
  { name: "Alt + Tab", keys: [alt, tab] },
  { name: "Alt + F4", keys: [alt, f(4)] },
  { name: "Ctrl + C", keys: [control, { keysym: 0x63, code: "KeyC" }] },
  { name: "Ctrl + W", keys: [control, { keysym: 0x77, code: "KeyW" }] },
  { name: "Ctrl + Alt + Backspace", keys: [control, alt, { keysym: 0xff08, code: "Backspace" }] },
  { name: "Print", keys: [{ keysym: 0xff61, code: "PrintScreen" }] },
];

export const functionKeyCombinations: readonly KeyCombination[] = functionKeys.map((number) => ({
  name: `F${number}`,
  keys: [f(number)],
}));

/** The virtual terminals of Linux. */
export const terminalCombinations: readonly KeyCombination[] = functionKeys.map((number) => ({
  name: `Ctrl + Alt + F${number}`,
  keys: [control, alt, f(number)],
}));

/** What a finger cannot hold while it types something else. */
export const modifierKeys = { Ctrl: control, Alt: alt, Shift: shift, Super: superKey } as const;
export type ModifierName = keyof typeof modifierKeys;

export function pressKeys(
  { keys }: KeyCombination,
  sendKey: (keysym: number, code: string, down: boolean) => void,
): void {
  for (const { keysym, code } of keys) sendKey(keysym, code, true);
  for (const { keysym, code } of keys.toReversed()) sendKey(keysym, code, false);
}
