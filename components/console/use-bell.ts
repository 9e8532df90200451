"use client";

import { useEffect, useRef, useState } from "react";

const ringMs = 400;

/** A bell that is seen, because a page that rings by itself is a nuisance. */
export function useBell() {
  const [isRinging, setRinging] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  function ring() {
    clearTimeout(timer.current);
    setRinging(true);
    timer.current = setTimeout(() => setRinging(false), ringMs);
  }

  return { isRinging, ring };
}
