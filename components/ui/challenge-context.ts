"use client";

import { createContext, useContext } from "react";
import type { ActionFailure } from "./action-result";

/** Lets a person do what a refused action asked for first; true when the action may be sent again. */
export type MeetChallenge = (failure: ActionFailure) => Promise<boolean>;

export const ChallengeContext = createContext<MeetChallenge>(() => Promise.resolve(false));

export function useChallenge() {
  return useContext(ChallengeContext);
}
