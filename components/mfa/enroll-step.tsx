"use client";

import { useState } from "react";
import { EnrollFactor } from "./enroll-factor";
import { RecoveryCodes } from "./recovery-codes";

type EnrollStepProps = { asksPassword: boolean; passkeysPossible: boolean; returnTo: string };

/** The enrolment that a sign-in waits for: it goes on once the recovery codes are kept. */
export function EnrollStep({ returnTo, ...rest }: EnrollStepProps) {
  const [codes, setCodes] = useState<string[] | null>(null);
  // A full load, so that nothing read half signed in stays on the screen.
  const leave = () => window.location.replace(returnTo);
  if (codes !== null) return <RecoveryCodes codes={codes} onKept={leave} />;
  return <EnrollFactor {...rest} onEnrolled={(issued) => (issued === null ? leave() : setCodes(issued))} />;
}
