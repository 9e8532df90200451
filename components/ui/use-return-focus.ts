"use client";

import { useState } from "react";

/** For what is mounted while it is open: gives the focus back to what had it before. */
export function useReturnFocus() {
  const [before] = useState(() => document.activeElement);
  return () => {
    if (before instanceof HTMLElement) before.focus();
  };
}
