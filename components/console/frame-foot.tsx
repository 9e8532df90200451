"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";

/** How to get the keyboard back, and what the line carries. */
export function FrameFoot({ children }: { children: ReactNode }) {
  const t = useTranslations("console.hint");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t px-3 py-2 text-xs text-ink-faint">
      <p className="min-w-0 text-pretty">{t.rich("keyboard", { keys: () => <ReleaseKeys /> })}</p>
      {children}
    </div>
  );
}

function ReleaseKeys() {
  return (
    <span className="inline-flex gap-0.5 align-middle">
      <Kbd>{"Shift"}</Kbd>
      <Kbd>{"Esc"}</Kbd>
    </span>
  );
}
