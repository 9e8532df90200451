"use client";

import { useTranslations } from "next-intl";
import type { ActionFailure } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";
import { useErrorText } from "@/components/ui/use-error-text";
import type { FactorKinds } from "@/lib/identity/factors/schema";
import { VerifyFactor } from "./verify-factor";

type StepUpDialogProps = {
  failure: ActionFailure;
  kinds: FactorKinds;
  /** True once the second factor is proved. */
  onEnd: (isMet: boolean) => void;
};

/** Its title is the refusal itself, which says what needs the second factor. */
export function StepUpDialog({ failure, kinds, onEnd }: StepUpDialogProps) {
  const t = useTranslations("mfa.stepUp");
  const errorText = useErrorText();
  const isEnrolled = kinds.app || kinds.passkey || kinds.recoveryCode;
  const minutes = Number(failure.params?.["maxAgeMinutes"] ?? 0);
  return (
    <Dialog
      open
      onOpenChange={() => onEnd(false)}
      title={errorText(failure)}
      description={isEnrolled ? t("description", { minutes }) : t("missing")}
    >
      {isEnrolled ? (
        <VerifyFactor kinds={kinds} onVerified={() => onEnd(true)} />
      ) : (
        <DialogActions>
          <Button onClick={() => onEnd(false)}>{t("notNow")}</Button>
          <LinkButton href="/profile/security" variant="primary" onClick={() => onEnd(false)}>
            {t("add")}
          </LinkButton>
        </DialogActions>
      )}
    </Dialog>
  );
}
