"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { IssuedToken, TokenChoices } from "@/lib/identity/tokens/schema";
import { IssueTokenForm } from "./issue-token-form";
import { TokenSecret } from "./token-secret";

type IssueTokenProps = { choices: TokenChoices; userId?: string | undefined };

/** The form and then, in the same dialog, the token itself; it stays until somebody says that it is kept. */
export function IssueToken({ choices, userId }: IssueTokenProps) {
  const t = useTranslations("accounts.issue");
  const [open, setOpen] = useState(false);
  const [issued, setIssued] = useState<IssuedToken | null>(null);

  function show(next: boolean) {
    setOpen(next);
    setIssued(null);
  }

  return (
    <Dialog
      alert={issued !== null}
      open={open}
      onOpenChange={show}
      trigger={<Button variant="primary">{t("open")}</Button>}
      title={issued ? t("onceTitle") : t("title")}
    >
      {issued ? (
        <TokenSecret issued={issued} onKept={() => show(false)} />
      ) : (
        <IssueTokenForm choices={choices} userId={userId} onIssued={setIssued} />
      )}
    </Dialog>
  );
}
