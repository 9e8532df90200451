"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useEffect } from "react";
import { toast, Toaster } from "sonner";
import { onToast, takeToasts } from "./show-toast";

const icons = {
  success: <CircleCheck aria-hidden className="size-4 text-success" />,
  error: <CircleAlert aria-hidden className="size-4 text-danger" />,
  warning: <TriangleAlert aria-hidden className="size-4 text-warning" />,
  info: <Info aria-hidden className="size-4 text-info" />,
};

export function ToastList() {
  const t = useTranslations("ui");
  const { resolvedTheme } = useTheme();

  useEffect(() => {
    show();
    return onToast(show);
  }, []);

  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-left"
      mobileOffset={{ bottom: 64, left: 12, right: 12 }}
      containerAriaLabel={t("toast.label")}
      toastOptions={{
        closeButtonAriaLabel: t("dialog.close"),
        classNames: {
          toast:
            "bg-raised! text-ink! border-line! rounded-lg! shadow-floating! text-sm! gap-2! p-3! font-sans!",
          description: "text-ink-muted! text-xs!",
          actionButton: "bg-accent! text-accent-contrast!",
        },
      }}
      icons={icons}
    />
  );
}

function show() {
  for (const { tone, message, description, action } of takeToasts()) {
    toast[tone](message, { ...(description ? { description } : {}), ...(action ? { action } : {}) });
  }
}
