"use client";

import { useEffect } from "react";
import { declareInterests } from "./live/interests";

/**
 * What this page shows, such as `vm:<id>`: news of these, and of the bell and the dock, let it be read again. A page
 * that says nothing hears of everything its reader may see.
 */
export function PageInterests({ interests }: { interests: readonly string[] }) {
  const text = interests.join(",");
  useEffect(() => declareInterests({ words: text.split(",").filter(Boolean) }), [text]);
  return null;
}
