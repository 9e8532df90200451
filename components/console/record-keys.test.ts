import { expect, test } from "vitest";
import { setConsolePreferencesInput } from "@/lib/console/preferences/schema";
import {
  commonCombinations,
  ctrlAltDel,
  functionKeyCombinations,
  pressKeys,
  terminalCombinations,
} from "./key-combinations";
import { keyOf, nameOfKeys, offeredKeys, withKey } from "./record-keys";

test("keys are known by their number and their place, left and right apart", () => {
  expect(keyOf({ key: "Control", code: "ControlLeft" })).toEqual({ keysym: 0xffe3, code: "ControlLeft" });
  expect(keyOf({ key: "Control", code: "ControlRight" })).toEqual({ keysym: 0xffe4, code: "ControlRight" });
  expect(keyOf({ key: "F12", code: "F12" })).toEqual({ keysym: 0xffc9, code: "F12" });
  expect(keyOf({ key: "C", code: "KeyC" })).toEqual({ keysym: 0x63, code: "KeyC" });
  expect(keyOf({ key: "Unidentified", code: "" })).toBeNull();
});

test("a key counts once, and six are the end", () => {
  const [control] = offeredKeys;
  const none = withKey([], null);
  const one = withKey(none, control ?? null);
  expect(withKey(one, control ?? null)).toEqual(one);
  const many = "abcdefgh"
    .split("")
    .reduce<typeof one>((keys, key) => withKey(keys, keyOf({ key, code: key })), []);
  expect(many).toHaveLength(6);
});

test("what was recorded is called as people write it", () => {
  const keys = [
    keyOf({ key: "Control", code: "ControlLeft" }),
    keyOf({ key: "Alt", code: "AltRight" }),
    keyOf({ key: "F2", code: "F2" }),
    keyOf({ key: "k", code: "KeyK" }),
    keyOf({ key: "ArrowUp", code: "ArrowUp" }),
  ].filter((key) => key !== null);
  expect(nameOfKeys(keys)).toBe("Ctrl + Alt + F2 + K + ↑");
});

test("all that is offered is called by its keys and may be kept as one's own", () => {
  const offered = [ctrlAltDel, ...commonCombinations, ...functionKeyCombinations, ...terminalCombinations];
  for (const combination of offered) {
    expect(nameOfKeys(combination.keys)).toBe(combination.name);
    expect(setConsolePreferencesInput.safeParse({ combinations: [combination] }).success).toBe(true);
  }
});

test("keys go down in order and up backwards", () => {
  const moves: string[] = [];
  pressKeys(ctrlAltDel, (_keysym, code, down) => moves.push(`${down ? "+" : "-"}${code}`));
  expect(moves.join(" ")).toBe("+ControlLeft +AltLeft +Delete -Delete -AltLeft -ControlLeft");
});
