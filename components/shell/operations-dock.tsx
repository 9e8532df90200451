"use client";

import dynamic from "next/dynamic";
import { useState } from "react";

const RunningOperations = dynamic(() =>
  import("./running-operations").then((module) => module.RunningOperations),
);

export type RunningOperation = {
  id: string;
  href: string;
  /** Such as "Create web-01". */
  title: string;
  /** The step it is at, as a sentence. */
  step: string;
  /** 0 to 100, where a number exists. */
  progress?: number | undefined;
};

/** What is running, on every page; absent while nothing runs. */
export function OperationsDock({ operations }: { operations: readonly RunningOperation[] }) {
  const [open, setOpen] = useState(false);
  if (operations.length === 0) return null;
  return <RunningOperations operations={operations} open={open} onToggle={() => setOpen(!open)} />;
}
