"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { revealInitialPasswordAction } from "@/app/actions/initial-password";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions, AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InitialPasswordStatus, RevealedPassword } from "@/lib/vms/initial-password/schema";

type InitialPasswordProps = { vmId: string; status: InitialPasswordStatus };

/** Nothing for whoever has none to see; what was shown stays for as long as the page does, and nowhere else. */
export function InitialPassword({ vmId, status }: InitialPasswordProps) {
  const t = useTranslations("vms.initialPassword");
  const [shown, setShown] = useState<RevealedPassword | null>(null);
  if (status.state === "none") return null;
  const username = shown?.username ?? status.username ?? "";
  return (
    <Card title={t("title")}>
      {shown !== null && <ShownPassword {...shown} />}
      {shown === null && status.state === "revealed" && (
        <p className="text-sm text-ink-muted">{t("revealed")}</p>
      )}
      {shown === null && status.state === "waiting" && (
        <div className="grid justify-items-start gap-3 text-sm">
          <p className="text-ink-muted">{t("text", { username })}</p>
          <RevealButton vmId={vmId} onShown={setShown} />
        </div>
      )}
    </Card>
  );
}

function ShownPassword({ username, password }: RevealedPassword) {
  const t = useTranslations("vms.initialPassword");
  return (
    <div className="grid gap-3">
      <Callout tone="warning" role="status">
        {t("shown", { username })}
      </Callout>
      <DescriptionList>
        <Description term={t("userLabel")}>
          <span className="font-mono">{username}</span>
        </Description>
        <Description term={t("passwordLabel")}>
          <span className="inline-flex items-center gap-1">
            <span className="font-mono break-all select-all">{password}</span>
            <CopyButton text={password} label={t("copy")} />
          </span>
        </Description>
      </DescriptionList>
    </div>
  );
}

type RevealButtonProps = { vmId: string; onShown: (password: RevealedPassword) => void };

function RevealButton({ vmId, onShown }: RevealButtonProps) {
  const t = useTranslations("vms.initialPassword");
  const [open, setOpen] = useState(false);
  return (
    <AlertDialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{t("button")}</Button>}
      title={t("confirmTitle")}
      description={t("confirmText")}
    >
      <ActionForm
        action={revealInitialPasswordAction}
        onSuccess={(password) => {
          setOpen(false);
          onShown(password);
        }}
        className="grid gap-4"
      >
        <HiddenInputs values={{ vmId }} />
        <FormMessage />
        <AlertActions>
          <SubmitButton variant="primary">{t("button")}</SubmitButton>
        </AlertActions>
      </ActionForm>
    </AlertDialog>
  );
}
