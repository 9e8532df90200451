"use client";

export type Toast = {
  tone: "success" | "info" | "warning" | "error";
  message: string;
  description?: string | undefined;
  /** One thing to do about it, such as "Undo". */
  action?: { label: string; onClick: () => void } | undefined;
};

const waiting: Toast[] = [];
const listeners = new Set<() => void>();

/** A short message in the corner of the page. */
export function showToast(
  tone: Toast["tone"],
  message: string,
  more: Pick<Toast, "description" | "action"> = {},
) {
  waiting.push({ tone, message, ...more });
  for (const listener of listeners) listener();
}

export function hasToasts() {
  return waiting.length > 0;
}

export function takeToasts() {
  return waiting.splice(0);
}

export function onToast(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
