"use client";

import type { ReactNode } from "react";

type OpenerProps = { children: ReactNode; onOpen: () => void; preload?: (() => void) | undefined };

/** Listens to the button inside without drawing anything; hovering or focusing it fetches what opening needs. */
export function Opener({ children, onOpen, preload }: OpenerProps) {
  return (
    <span className="contents" onClick={onOpen} onPointerEnter={preload} onFocus={preload}>
      {children}
    </span>
  );
}
