"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/show-toast";
import { EnrollFactor } from "./enroll-factor";
import { RecoveryCodes } from "./recovery-codes";

type AddFactorProps = {
  asksPassword: boolean;
  passkeysPossible: boolean;
  /** The one next step of a page without any factor. */
  isFirst: boolean;
};

export function AddFactor({ asksPassword, passkeysPossible, isFirst }: AddFactorProps) {
  const t = useTranslations("mfa");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);

  function finish() {
    setOpen(false);
    setCodes(null);
    showToast("success", t("enroll.done"));
    router.refresh();
  }

  return (
    <Dialog
      // Codes that nobody has read stay until the person says that they are kept.
      alert={codes !== null}
      open={open}
      onOpenChange={(next) => codes === null && setOpen(next)}
      title={codes === null ? t("enroll.title") : t("codes.title")}
      description={codes === null ? t("enroll.description") : undefined}
      trigger={<Button variant={isFirst ? "primary" : "secondary"}>{t("security.add")}</Button>}
    >
      {codes === null ? (
        <EnrollFactor
          asksPassword={asksPassword}
          passkeysPossible={passkeysPossible}
          onEnrolled={(issued) => (issued === null ? finish() : setCodes(issued))}
        />
      ) : (
        <RecoveryCodes codes={codes} onKept={finish} />
      )}
    </Dialog>
  );
}
