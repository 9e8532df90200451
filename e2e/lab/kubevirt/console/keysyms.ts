const named: Record<number, string> = {
  0xff08: "Backspace",
  0xff09: "Tab",
  0xff0d: "Return",
  0xff1b: "Escape",
  0xff50: "Home",
  0xff51: "Left",
  0xff52: "Up",
  0xff53: "Right",
  0xff54: "Down",
  0xff55: "Page Up",
  0xff56: "Page Down",
  0xff57: "End",
  0xff63: "Insert",
  0xff8d: "Keypad Enter",
  0xffe1: "Shift",
  0xffe2: "Shift",
  0xffe3: "Ctrl",
  0xffe4: "Ctrl",
  0xffe7: "Meta",
  0xffe8: "Meta",
  0xffe9: "Alt",
  0xffea: "AltGr",
  0xfe03: "AltGr",
  0xffeb: "Super",
  0xffec: "Super",
  0xffff: "Delete",
};

export const controlKeys = [0xffe3, 0xffe4];
export const altKeys = [0xffe9, 0xffea, 0xfe03];
export const deleteKey = 0xffff;

export function nameOfKey(keysym: number): string {
  if (keysym >= 0xffbe && keysym <= 0xffc9) return `F${keysym - 0xffbe + 1}`;
  return named[keysym] ?? (textOfKey(keysym) || `0x${keysym.toString(16)}`);
}

/** What pressing the key types, or nothing. */
export function textOfKey(keysym: number): string {
  if (keysym === 0xff0d || keysym === 0xff8d) return "\r";
  if (keysym === 0xff08) return "\b";
  if (keysym >= 0xffb0 && keysym <= 0xffb9) return String(keysym - 0xffb0);
  const isLatin = (keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff);
  if (isLatin) return String.fromCharCode(keysym);
  const isUnicode = keysym >= 0x01000100 && keysym <= 0x0110ffff;
  return isUnicode ? String.fromCodePoint(keysym - 0x01000000) : "";
}
