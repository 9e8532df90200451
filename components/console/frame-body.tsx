"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import { shownPhase } from "./console-toolbar";
import type { Connection } from "./use-console-connection";

interface FrameBodyProps {
  connection: Connection;
  /** The frame has no height of its own and takes what its window leaves. */
  fills: boolean;
  /** The machine rang. */
  isRinging?: boolean;
  children: ReactNode;
}

/** The place of the machine's screen, or of what there is to say while there is none. */
export function FrameBody({ connection, fills, isRinging = false, children }: FrameBodyProps) {
  const t = useTranslations("console.phase");
  const { phase } = connection;
  return (
    <div
      className={cn(
        "relative grid min-h-64 place-items-center overflow-hidden bg-sunken",
        !fills && "h-[min(calc(100dvh-17rem),80vw)]",
        isRinging && "outline-4 -outline-offset-4 outline-warning",
      )}
    >
      {children}
      {phase !== "connected" && phase !== "ended" && (
        // On a ground of its own: a screen that connects may be dark in a light page.
        <div className="relative flex items-center gap-2 rounded-md border bg-surface px-3 py-1.5 text-sm text-ink-muted">
          <Spinner />
          <span>{t(shownPhase(phase))}</span>
        </div>
      )}
    </div>
  );
}
