"use client";

import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { stopViewAsAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { cn } from "@/components/ui/class-names";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";

type ViewAsBannerProps = { name: string; until: Date };

// What sticks to the top of the shell after it sticks below it.
const shellBelow =
  "[&+div>aside]:top-10 [&+div>aside]:h-[calc(100dvh-2.5rem)] [&+div>div>header]:top-10 [&+div]:min-h-[calc(100dvh-2.5rem)]";
const frame =
  "after:pointer-events-none after:fixed after:inset-0 after:z-50 after:border-2 after:border-warning-solid after:content-['']";

/** Stands above every page, with a frame around it, while somebody looks at the portal as another person. */
export function ViewAsBanner({ name, until }: ViewAsBannerProps) {
  const t = useTranslations("shell.viewing");
  useReloadAt(until);
  return (
    <section
      aria-label={t("label")}
      className={cn(
        "sticky top-0 z-30 flex h-10 items-center gap-2 bg-warning-solid px-4 text-sm text-black sm:px-6",
        shellBelow,
        frame,
      )}
    >
      <Eye aria-hidden className="size-4 shrink-0" strokeWidth={2} />
      <p className="grid min-w-0 flex-1 text-xs leading-4 sm:flex sm:gap-1.5 sm:text-sm">
        <span className="truncate">
          {t.rich("text", { name, strong: (chunks) => <strong>{chunks}</strong> })}
        </span>
        <span aria-hidden className="hidden sm:inline">
          ·
        </span>
        <span className="truncate">
          {t("readOnly")} · {t.rich("ends", { time: () => <TimeAgo at={until} /> })}
        </span>
      </p>
      <ActionForm action={stopViewAsAction} onSuccess={reload} className="flex">
        <SubmitButton variant="secondary" size="sm">
          {t("stop")}
        </SubmitButton>
      </ActionForm>
    </section>
  );
}

/** It ends by itself; the page then shows it without being asked. */
function useReloadAt(until: Date) {
  const at = until.getTime();
  useEffect(() => {
    const timer = setTimeout(reload, Math.max(0, at - Date.now()) + 1_000);
    return () => clearTimeout(timer);
  }, [at]);
}

/** A full load, so that nothing of the other person stays on the screen. */
function reload() {
  window.location.reload();
}
