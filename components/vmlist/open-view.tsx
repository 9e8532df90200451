"use client";

import dynamic from "next/dynamic";

/** Most lists are read without a view of one's own; the row is kept for it, so that nothing below moves. */
export const OpenView = dynamic(() => import("./view-actions").then((module) => module.ViewActions), {
  loading: () => <div className="h-7 pointer-coarse:h-9" />,
});
