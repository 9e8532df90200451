"use client";

import { useState } from "react";
import { askPasskeyAction, verifyMfaAction } from "@/app/actions/mfa";
import type { ActionFailure, ActionResult } from "@/components/ui/action-result";
import type { VerifyMfa } from "@/lib/identity/factors/schema";
import { provePasskey, unanswered } from "./ask-browser";

/** Plain state instead of a transition: the action that asked for the proof may still be one, and would hold these back. */
export function useVerification(onVerified: () => void) {
  const [pending, setPending] = useState<"typed" | "passkey" | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function run(way: "typed" | "passkey", prove: () => Promise<ActionResult>) {
    if (pending !== null) return;
    setPending(way);
    setFailure(null);
    const result = await prove().catch(lostConnection);
    if (result.ok) return onVerified();
    setPending(null);
    setFailure(result);
  }

  return {
    pending,
    failure,
    verify: (input: VerifyMfa) => run("typed", () => verifyMfaAction(input)),
    verifyWithPasskey: () => run("passkey", answerWithPasskey),
    forget: () => setFailure(null),
  };
}

async function answerWithPasskey(): Promise<ActionResult> {
  const asked = await askPasskeyAction({});
  if (!asked.ok) return asked;
  const passkey = await provePasskey(asked.data.options);
  return passkey === null ? unanswered : verifyMfaAction({ passkey });
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
