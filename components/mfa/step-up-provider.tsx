"use client";

import dynamic from "next/dynamic";
import { useCallback, useState, type ReactNode } from "react";
import { readFactorKindsAction } from "@/app/actions/mfa";
import type { ActionFailure } from "@/components/ui/action-result";
import { ChallengeContext } from "@/components/ui/challenge-context";
import type { FactorKinds } from "@/lib/identity/factors/schema";

const StepUpDialog = dynamic(() => import("./step-up-dialog").then((module) => module.StepUpDialog), {
  ssr: false,
});

type Asked = { failure: ActionFailure; kinds: FactorKinds; answer: (isMet: boolean) => void };

/** Where an action is refused for want of a fresh second factor: asks for it, and the action is sent again. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);

  const meet = useCallback(async (failure: ActionFailure) => {
    if (failure.code !== "MFA_REQUIRED" || typeof failure.params?.["purpose"] !== "string") return false;
    const kinds = await readFactorKindsAction({}).catch(() => null);
    if (!kinds?.ok) return false;
    return new Promise<boolean>((answer) => setAsked({ failure, kinds: kinds.data, answer }));
  }, []);

  function end(isMet: boolean) {
    asked?.answer(isMet);
    setAsked(null);
  }

  return (
    <ChallengeContext value={meet}>
      {children}
      {asked && <StepUpDialog failure={asked.failure} kinds={asked.kinds} onEnd={end} />}
    </ChallengeContext>
  );
}
