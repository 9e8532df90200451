import { expect } from "@playwright/test";
import { generateSync } from "otplib";

const stepSeconds = 30;

/** Somebody's authenticator app, which knows the secret and never shows one code twice. */
export interface AuthenticatorApp {
  /** A code that was not used yet; waits for the next half minute where the ones at hand are used up. */
  freshCode(): Promise<string>;
  /** The code that was given last, which by then is used. */
  usedCode(): string;
}

export function openApp(secret: string): AuthenticatorApp {
  let lastStep = 0;
  const codeOf = (step: number) => generateSync({ secret, epoch: step * stepSeconds });
  return {
    freshCode: async () => {
      lastStep = Math.max(lastStep + 1, currentStep());
      // A code counts half a minute early, for clocks that differ.
      await expect
        .poll(currentStep, { timeout: 2 * stepSeconds * 1000 })
        .toBeGreaterThanOrEqual(lastStep - 1);
      return codeOf(lastStep);
    },
    usedCode: () => codeOf(lastStep),
  };
}

function currentStep(): number {
  return Math.floor(Date.now() / 1000 / stepSeconds);
}
