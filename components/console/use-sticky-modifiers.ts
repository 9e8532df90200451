"use client";

import { useState } from "react";
import { modifierKeys, type ModifierName } from "./key-combinations";
import type { KeyMove } from "./type-strokes";

/** Ctrl, Alt, Shift and Super for whoever has no keyboard: held until the next key has been typed. */
export function useStickyModifiers(send: (move: KeyMove) => void) {
  const [held, setHeld] = useState<readonly ModifierName[]>([]);

  function toggle(name: ModifierName) {
    const isHeld = held.includes(name);
    send({ ...modifierKeys[name], down: !isHeld });
    setHeld(isHeld ? held.filter((each) => each !== name) : [...held, name]);
  }

  function release() {
    if (held.length === 0) return;
    for (const name of held) send({ ...modifierKeys[name], down: false });
    setHeld([]);
  }

  return { held, toggle, release };
}

export type StickyModifiers = ReturnType<typeof useStickyModifiers>;
