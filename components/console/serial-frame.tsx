"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import type { ConsoleAccess } from "@/lib/console/schema";
import { ConsoleToolbar } from "./console-toolbar";
import { ControlBanners } from "./control-banners";
import { FrameBody } from "./frame-body";
import { FrameFoot } from "./frame-foot";
import { SerialControls } from "./serial-controls";
import { SerialScreen, type SerialTerminal } from "./serial-screen";
import { TrafficReading } from "./traffic-reading";
import type { ConsoleChoices } from "./use-console-choices";
import type { ConsoleConnection } from "./use-console-connection";
import { useFullScreen } from "./use-full-screen";

interface SerialFrameProps {
  access: ConsoleAccess;
  console: ConsoleConnection;
  choices: ConsoleChoices;
  /** Fills its window instead of standing in a page. */
  fills: boolean;
  onDetach: (() => void) | undefined;
  /** Stands where the terminal was, once it has ended. */
  children: ReactNode;
}

/** The controls and, below them, the terminal or what there is to say instead. */
export function SerialFrame({ access, console, choices, fills, onDetach, children }: SerialFrameProps) {
  const t = useTranslations("console");
  const terminal = useRef<SerialTerminal>(null);
  const toolbar = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<{ at: number; count: number } | null>(null);
  const fullScreen = useFullScreen();
  const { connection } = console;
  const isOpen = connection.phase === "connecting" || connection.phase === "connected";
  return (
    <section
      aria-label={t("serialOf", { name: access.vmName })}
      className={cn(
        "grid min-w-0 grid-rows-[auto_auto_minmax(0,1fr)_auto] overflow-clip rounded-lg border bg-surface",
        fills && "min-h-0 flex-1",
        fullScreen.isOn && "fixed inset-0 z-40 rounded-none border-0",
      )}
    >
      <ConsoleToolbar ref={toolbar} access={access} consoleType="serial" connection={connection}>
        <SerialControls {...{ access, console, choices, terminal, search, found, fullScreen, onDetach }} />
      </ConsoleToolbar>
      <div>
        <ControlBanners access={access} consoleType="serial" console={console} />
      </div>
      <FrameBody connection={connection} fills={fills || fullScreen.isOn}>
        {isOpen && (
          <SerialScreen
            key={connection.attempt}
            ref={terminal}
            socketPath={connection.socketPath}
            fontSize={choices.view.fontSize}
            isViewOnly={connection.mode === "watch"}
            label={t("serialOf", { name: access.vmName })}
            onConnected={console.confirmConnected}
            onEnded={console.endWith}
            onReleased={() => toolbar.current?.focus()}
            onSearch={() => search.current?.focus()}
            onSelected={copyQuietly}
            onFound={setFound}
            className="absolute inset-0"
          />
        )}
        {children}
      </FrameBody>
      {!fullScreen.isOn && (
        <FrameFoot>
          <TrafficReading screen={terminal} />
        </FrameFoot>
      )}
    </section>
  );
}

/** As terminals do: what is selected is copied, where the browser lets a page do that. */
function copyQuietly(text: string) {
  void navigator.clipboard?.writeText(text).catch(() => undefined);
}
