"use client";

import { useEffect } from "react";

/** The name of a window of its own, for the desk's list of windows and for whoever cannot see it. */
export function WindowHeading({ title }: { title: string }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return <h1 className="sr-only">{title}</h1>;
}
