"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog, DialogActions, type DialogProps } from "./dialog";
import { useCloseDialog } from "./dialog-context";

type AlertDialogProps = Omit<DialogProps, "alert" | "description"> & { description: ReactNode };

/** Its children are the facts to weigh and, at the end, AlertActions, alone or inside an ActionForm. */
export function AlertDialog(props: AlertDialogProps) {
  return <Dialog {...props} alert />;
}

/** "Cancel" beside the button that does it; it comes first, so that without inputs it has the focus. */
export function AlertActions({ children }: { children: ReactNode }) {
  const t = useTranslations("ui");
  const close = useCloseDialog();
  return (
    <DialogActions>
      <Button onClick={close}>{t("dialog.cancel")}</Button>
      {children}
    </DialogActions>
  );
}
