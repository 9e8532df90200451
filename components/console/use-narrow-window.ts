"use client";

import { useSyncExternalStore } from "react";

const query = "(max-width: 39.99rem)";

/** Whether the window is a phone's; the server, which does not know it, draws the wide one. */
export function useNarrowWindow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = matchMedia(query);
      media.addEventListener("change", onChange);
      return () => media.removeEventListener("change", onChange);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}
