"use client";

import { useTranslations } from "next-intl";
import { askForControlAction } from "@/app/actions/console";
import { ActionForm } from "@/components/ui/action-form";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ButtonProps } from "@/components/ui/button";
import type { ConsoleAccess, OpenSession } from "@/lib/console/schema";

interface AskForControlProps {
  access: ConsoleAccess;
  /** Who has it. */
  holder: OpenSession;
  size?: ButtonProps["size"];
}

/** Asks whoever has the keys for them, and tells what became of the question. */
export function AskForControl({ access, holder, size }: AskForControlProps) {
  const t = useTranslations("console.askFor");
  const ask = access.ownAsk?.jti === holder.jti ? access.ownAsk : null;
  const name = holder.displayName;
  const isWaiting = ask?.status === "asked";
  return (
    <ActionForm action={askForControlAction} className="grid justify-items-center gap-1">
      <HiddenInputs values={{ vmId: access.vmId, jti: holder.jti }} />
      <FormMessage />
      <SubmitButton variant="secondary" size={size} disabled={isWaiting}>
        {isWaiting ? t("waiting", { name }) : t("action")}
      </SubmitButton>
      <span role="status" className="text-xs text-ink-muted empty:hidden">
        {ask?.status === "declined" && t("declined", { name })}
        {ask?.status === "expired" && t("expired", { name })}
      </span>
    </ActionForm>
  );
}
