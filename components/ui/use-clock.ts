"use client";

import { useNow } from "next-intl";
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = 0;

/** One timer for every relative time on the page; until hydration is over it stands at the moment the server rendered. */
export function useClock(): Date {
  const rendered = useNow().getTime();
  return new Date(useSyncExternalStore(subscribe, now, () => rendered));
}

function now() {
  if (current === 0) current = Date.now();
  return current;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    current = 0;
  };
}

function tick() {
  current = Date.now();
  for (const listener of listeners) listener();
}
