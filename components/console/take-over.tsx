"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { AlertActions, AlertDialog } from "@/components/ui/alert-dialog";
import { Button, type ButtonProps } from "@/components/ui/button";

interface TakeOverProps {
  /** Who is cut off by it. */
  name: string;
  onTakeOver: () => void;
  size?: ButtonProps["size"];
}

export function TakeOver({ name, onTakeOver, size }: TakeOverProps) {
  const t = useTranslations("console.takeOver");
  const [isAsking, setAsking] = useState(false);

  function confirm() {
    setAsking(false);
    onTakeOver();
  }

  return (
    <AlertDialog
      open={isAsking}
      onOpenChange={setAsking}
      trigger={<Button size={size}>{t("action")}</Button>}
      title={t("title", { name })}
      description={t("text", { name })}
    >
      <AlertActions>
        <Button variant="danger" onClick={confirm}>
          {t("confirm", { name })}
        </Button>
      </AlertActions>
    </AlertDialog>
  );
}
