"use client";

import { useEffect, useEffectEvent } from "react";

const sequenceMs = 1_200;

/** Calls with one key, or with "g" and the key after it; silent while somebody types or a dialog is open. */
export function useKeySequence(onKeys: (keys: string) => void) {
  const report = useEffectEvent(onKeys);

  useEffect(() => {
    let leadAt = -Infinity;
    function press(event: KeyboardEvent) {
      if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || isBusy(event.target)) return;
      const follows = event.timeStamp - leadAt < sequenceMs;
      leadAt = 0;
      if (follows) return report(`g ${event.key}`);
      if (event.key === "g") leadAt = event.timeStamp;
      else if (event.key === "/" || event.key === "?") run(event);
      else report(event.key);
    }
    function run(event: KeyboardEvent) {
      event.preventDefault();
      report(event.key);
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function isBusy(target: EventTarget | null) {
  if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [data-keyboard=captured]"))
    return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|CANVAS)$/.test(target.tagName))
  );
}
