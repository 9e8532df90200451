/** An X keysym and the key's place on the keyboard, which a guest may ask for instead. */
interface Key {
  keysym: number;
  code: string;
}

const control: Key = { keysym: 0xffe3, code: "ControlLeft" };
const alt: Key = { keysym: 0xffe9, code: "AltLeft" };
const f = (number: number): Key => ({ keysym: 0xffbd + number, code: `F${number}` });

/** Keys that the browser or the desk's own system keeps for itself; pressed in order, released backwards. */
export const keyCombinations: readonly { name: string; keys: readonly Key[] }[] = [
  { name: "Esc", keys: [{ keysym: 0xff1b, code: "Escape" }] },
  { name: "Tab", keys: [{ keysym: 0xff09, code: "Tab" }] },
  { name: "Alt + Tab", keys: [alt, { keysym: 0xff09, code: "Tab" }] },
  { name: "Alt + F4", keys: [alt, f(4)] },
  { name: "F5", keys: [f(5)] },
  { name: "F11", keys: [f(11)] },
  { name: "F12", keys: [f(12)] },
  { name: "Ctrl + C", keys: [control, { keysym: 0x63, code: "KeyC" }] },
  { name: "Ctrl + W", keys: [control, { keysym: 0x77, code: "KeyW" }] },
  { name: "Ctrl + Alt + F1", keys: [control, alt, f(1)] },
  { name: "Ctrl + Alt + F2", keys: [control, alt, f(2)] },
  { name: "Ctrl + Alt + F7", keys: [control, alt, f(7)] },
  { name: "Ctrl + Alt + Backspace", keys: [control, alt, { keysym: 0xff08, code: "Backspace" }] },
  { name: "Super", keys: [{ keysym: 0xffeb, code: "MetaLeft" }] },
];

export type KeyCombination = (typeof keyCombinations)[number];

export function pressKeys(
  { keys }: KeyCombination,
  sendKey: (keysym: number, code: string, down: boolean) => void,
): void {
  for (const { keysym, code } of keys) sendKey(keysym, code, true);
  for (const { keysym, code } of keys.toReversed()) sendKey(keysym, code, false);
}
