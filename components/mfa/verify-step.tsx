"use client";

import type { FactorKinds } from "@/lib/identity/factors/schema";
import { VerifyFactor } from "./verify-factor";

/** A full load afterwards, so that nothing read half signed in stays on the screen. */
export function VerifyStep({ kinds, returnTo }: { kinds: FactorKinds; returnTo: string }) {
  return <VerifyFactor kinds={kinds} onVerified={() => window.location.replace(returnTo)} />;
}
