"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as DialogParts from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { dialogOverlay } from "@/components/ui/dialog-styles";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { Logo } from "./logo";
import type { NavigationItem } from "./navigation";
import { NavigationList } from "./navigation-list";

type DrawerPanelProps = { items: readonly NavigationItem[]; footer?: ReactNode; onClose: () => void };

export function DrawerPanel({ items, footer, onClose }: DrawerPanelProps) {
  const t = useTranslations("shell");
  const returnFocus = useReturnFocus();
  return (
    <DialogParts.Root open onOpenChange={onClose}>
      <DialogParts.Portal>
        <DialogParts.Overlay className={dialogOverlay} />
        <DialogParts.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-enter-side flex-col bg-canvas shadow-floating focus:outline-none"
        >
          <div className="flex h-12 shrink-0 items-center justify-between pr-2 pl-4">
            <Logo />
            <DialogParts.Title className="sr-only">{t("navigation.label")}</DialogParts.Title>
            <DialogParts.Close asChild>
              <Button variant="ghost" size="icon" aria-label={t("sidebar.close")}>
                <X aria-hidden />
              </Button>
            </DialogParts.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-2.5 py-2">
            <NavigationList items={items} onNavigate={onClose} />
          </div>
          {footer && <div className="flex items-center gap-1 border-t px-2.5 py-2">{footer}</div>}
        </DialogParts.Content>
      </DialogParts.Portal>
    </DialogParts.Root>
  );
}
