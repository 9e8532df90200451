"use server";

import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import { askPasskey } from "@/lib/identity/factors/ask-passkey";
import { confirmPasskey } from "@/lib/identity/factors/confirm-passkey";
import { confirmTotp } from "@/lib/identity/factors/confirm-totp";
import { enrollPasskey } from "@/lib/identity/factors/enroll-passkey";
import { enrollTotp } from "@/lib/identity/factors/enroll-totp";
import { issueRecoveryCodes } from "@/lib/identity/factors/issue-recovery-codes";
import { readFactorKinds } from "@/lib/identity/factors/queries";
import { removeFactor } from "@/lib/identity/factors/remove-factor";
import { resetFactors } from "@/lib/identity/factors/reset-factors";
import {
  confirmPasskeyInput,
  confirmTotpInput,
  enrollPasskeyInput,
  enrollTotpInput,
  removeFactorInput,
  resetFactorsInput,
  verifyMfaInput,
} from "@/lib/identity/factors/schema";
import { verifyMfa } from "@/lib/identity/factors/verify-mfa";

export const readFactorKindsAction = defineAction(z.strictObject({}), readFactorKinds, {
  access: "signing-in",
  refreshes: false,
});

export const askPasskeyAction = defineAction(z.strictObject({}), askPasskey, {
  access: "signing-in",
  refreshes: false,
});

export const verifyMfaAction = defineAction(verifyMfaInput, verifyMfa, {
  access: "signing-in",
  refreshes: false,
});

export const enrollTotpAction = defineAction(enrollTotpInput, enrollTotp, {
  access: "before-mfa-enrollment",
  refreshes: false,
});

// The page around it would turn to what comes next before anybody has read the recovery codes.
export const confirmTotpAction = defineAction(confirmTotpInput, confirmTotp, {
  access: "before-mfa-enrollment",
  refreshes: false,
});

export const enrollPasskeyAction = defineAction(enrollPasskeyInput, enrollPasskey, {
  access: "before-mfa-enrollment",
  refreshes: false,
});

export const confirmPasskeyAction = defineAction(confirmPasskeyInput, confirmPasskey, {
  access: "before-mfa-enrollment",
  refreshes: false,
});

export const removeFactorAction = defineAction(removeFactorInput, removeFactor);

export const issueRecoveryCodesAction = defineAction(z.strictObject({}), issueRecoveryCodes, {
  refreshes: false,
});

export const resetFactorsAction = defineAction(resetFactorsInput, resetFactors);
