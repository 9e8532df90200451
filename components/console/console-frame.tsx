"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { Spinner } from "@/components/ui/spinner";
import type { ConsoleAccess } from "@/lib/console/schema";
import { ConsoleToolbar, shownPhase } from "./console-toolbar";
import type { useConsoleConnection } from "./use-console-connection";
import { useFullScreen } from "./use-full-screen";
import { VncScreen, type Screen } from "./vnc-screen";

interface ConsoleFrameProps {
  access: ConsoleAccess;
  console: ReturnType<typeof useConsoleConnection>;
  /** Stands where the screen was, once it has ended. */
  children: ReactNode;
}

/** The controls and, below them, the screen or what there is to say instead. */
export function ConsoleFrame({ access, console, children }: ConsoleFrameProps) {
  const t = useTranslations("console");
  const { connection } = console;
  const screen = useRef<Screen>(null);
  const toolbar = useRef<HTMLDivElement>(null);
  const [isScaled, setScaled] = useState(true);
  const fullScreen = useFullScreen();
  const isOpen = connection.phase === "connecting" || connection.phase === "connected";
  return (
    <section
      aria-label={t("titleOf", { name: access.vmName })}
      className={cn(
        "grid min-w-0 grid-rows-[auto_minmax(0,1fr)_auto] overflow-clip rounded-lg border bg-surface",
        fullScreen.isOn && "fixed inset-0 z-40 rounded-none border-0",
      )}
    >
      <ConsoleToolbar
        ref={toolbar}
        access={access}
        console={console}
        screen={screen}
        isScaled={isScaled}
        onScale={setScaled}
        fullScreen={fullScreen}
      />
      <div
        className={cn(
          "relative grid min-h-64 place-items-center overflow-hidden bg-sunken",
          !fullScreen.isOn && "h-[min(calc(100dvh-17rem),80vw)]",
        )}
      >
        {isOpen && (
          <VncScreen
            key={connection.attempt}
            ref={screen}
            socketPath={connection.socketPath}
            isScaled={isScaled}
            label={t("screenOf", { name: access.vmName })}
            onConnected={console.confirmConnected}
            onEnded={console.endWith}
            onReleased={() => toolbar.current?.focus()}
            className="absolute inset-0"
          />
        )}
        {connection.phase !== "connected" && connection.phase !== "ended" && (
          <div className="relative flex items-center gap-2 text-sm text-ink-muted">
            <Spinner />
            <span role="status">{t(`phase.${shownPhase(connection.phase)}`)}</span>
          </div>
        )}
        {children}
      </div>
      {!fullScreen.isOn && (
        <p className="border-t px-3 py-2 text-xs text-pretty text-ink-faint">
          {t.rich("hint.keyboard", { keys: () => <ReleaseKeys /> })}
        </p>
      )}
    </section>
  );
}

function ReleaseKeys() {
  return (
    <span className="inline-flex gap-0.5 align-middle">
      <Kbd>Shift</Kbd>
      <Kbd>Esc</Kbd>
    </span>
  );
}
