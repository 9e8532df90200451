"use client";

import { useState } from "react";
import type { ActionFailure, ActionResult } from "@/components/ui/action-result";
import type { ConnectionReport } from "@/lib/identity/providers/schema";

export type ConnectionTest =
  | { state: "none" }
  | { state: "running" }
  | { state: "answered"; report: ConnectionReport }
  | { state: "refused"; failure: ActionFailure };

/** Tries what stands in the form; nothing is kept of it. */
export function useConnectionTest(ask: (form: FormData) => Promise<ActionResult<ConnectionReport>>) {
  const [test, setTest] = useState<ConnectionTest>({ state: "none" });

  async function run(settings: FormData) {
    setTest({ state: "running" });
    const answer = await ask(settings).catch(lostConnection);
    setTest(answer.ok ? { state: "answered", report: answer.data } : { state: "refused", failure: answer });
  }

  return { test, run };
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
