"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as DialogParts from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { DialogContext } from "./dialog-context";
import { dialogOverlay, dialogPanel, dialogWidths, type DialogWidth } from "./dialog-styles";
import { useReturnFocus } from "./use-return-focus";

export type DialogPanelProps = {
  title: ReactNode;
  description?: ReactNode;
  width: DialogWidth;
  /** Stays until it is answered: a click beside it closes nothing, and no cross stands in the corner. */
  alert: boolean;
  onClose: () => void;
  children: ReactNode;
};

export function DialogPanel({ title, description, width, alert, onClose, children }: DialogPanelProps) {
  const t = useTranslations("ui");
  const returnFocus = useReturnFocus();
  return (
    <DialogParts.Root open onOpenChange={onClose}>
      <DialogParts.Portal>
        <DialogParts.Overlay className={dialogOverlay} />
        <DialogParts.Content
          onCloseAutoFocus={returnFocus}
          role={alert ? "alertdialog" : "dialog"}
          onInteractOutside={(event) => alert && event.preventDefault()}
          className={cn(dialogPanel, dialogWidths[width])}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="grid gap-1 pr-8">
            <DialogParts.Title className="text-lg font-semibold">{title}</DialogParts.Title>
            {description && (
              <DialogParts.Description className="text-sm text-ink-muted">
                {description}
              </DialogParts.Description>
            )}
          </header>
          <div className="mt-4 grid grid-cols-1 gap-4">
            <DialogContext value={onClose}>{children}</DialogContext>
          </div>
          {!alert && (
            <DialogParts.Close asChild>
              <Button
                aria-label={t("dialog.close")}
                variant="ghost"
                size="icon-sm"
                className="absolute top-3 right-3"
              >
                <X aria-hidden />
              </Button>
            </DialogParts.Close>
          )}
        </DialogParts.Content>
      </DialogParts.Portal>
    </DialogParts.Root>
  );
}
