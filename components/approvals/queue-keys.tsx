"use client";

import { useKeySequence } from "@/components/shell/use-key-sequence";

/** On the row that "j" and "k" have reached: "x" chooses it, "a" approves, "r" rejects. */
export function QueueKeys() {
  useKeySequence((keys) => {
    const part = parts.get(keys);
    const row = document.activeElement?.closest("tr");
    if (part && row) row.querySelector<HTMLElement>(`[${part}]`)?.click();
  });
  return null;
}

const parts = new Map([
  ["x", "data-queue-select"],
  ["a", "data-queue-approve"],
  ["r", "data-queue-reject"],
]);
