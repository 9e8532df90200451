"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogClose } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { DecisionFailure } from "./decision-failure";

export function QuickActions({ obstacle }: { obstacle?: string | undefined }) {
  const t = useTranslations("approvals");
  return (
    <>
      <DecisionFailure />
      {obstacle && <p className="text-xs text-danger">{obstacle}</p>}
      <DialogActions>
        <DialogClose>
          <Button>{t("reject.cancel")}</Button>
        </DialogClose>
        <SubmitButton disabled={obstacle !== undefined}>{t("approve.open")}</SubmitButton>
      </DialogActions>
    </>
  );
}
