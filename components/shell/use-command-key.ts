"use client";

import { useSyncExternalStore } from "react";

/** The key that opens the command menu, as it is printed on the reader's keyboard. */
export function useCommandKey() {
  return useSyncExternalStore(neverChanges, printedKey, () => "Ctrl");
}

function printedKey() {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";
}

function neverChanges() {
  return () => undefined;
}
