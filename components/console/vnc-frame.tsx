"use client";

import { useTranslations } from "next-intl";
import { useId, useRef, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { ConsoleToolbar } from "./console-toolbar";
import { ControlBanners } from "./control-banners";
import { FrameBody } from "./frame-body";
import { FrameFoot } from "./frame-foot";
import { KeyPanel } from "./key-panel";
import { TrafficReading } from "./traffic-reading";
import { useBell } from "./use-bell";
import { useShowing, type VncTools } from "./use-vnc-tools";
import { VncControls } from "./vnc-controls";
import { VncDialogs } from "./vnc-dialogs";
import { VncScreen } from "./vnc-screen";

interface VncFrameProps {
  tools: VncTools;
  /** Fills its window instead of standing in a page. */
  fills: boolean;
  onDetach: (() => void) | undefined;
  /** Stands where the screen was, once it has ended. */
  children: ReactNode;
}

/** The controls and, below them, the screen or what there is to say instead. */
export function VncFrame({ tools, fills, onDetach, children }: VncFrameProps) {
  const t = useTranslations("console");
  const keyPanelId = useId();
  const toolbar = useRef<HTMLDivElement>(null);
  const bell = useBell();
  const showing = useShowing(tools);
  const { access, console, screen, fullScreen } = tools;
  const { connection } = console;
  const isOpen = connection.phase === "connecting" || connection.phase === "connected";
  return (
    <section
      aria-label={t("titleOf", { name: access.vmName })}
      className={cn(
        "grid min-w-0 grid-rows-[auto_auto_minmax(0,1fr)_auto] overflow-clip rounded-lg border bg-surface",
        fills && "min-h-0 flex-1",
        fullScreen.isOn && "fixed inset-0 z-40 rounded-none border-0",
      )}
    >
      <ConsoleToolbar ref={toolbar} access={access} consoleType="vnc" connection={connection}>
        <VncControls tools={tools} keyPanelId={keyPanelId} onDetach={onDetach} />
      </ConsoleToolbar>
      <div>
        <ControlBanners access={access} consoleType="vnc" console={console} />
        {tools.hasKeys && tools.mayType && (
          <KeyPanel
            id={keyPanelId}
            own={tools.choices.combinations}
            modifiers={tools.modifiers}
            onPress={tools.press}
            onEdit={() => tools.setDialog("combinations")}
          />
        )}
      </div>
      <FrameBody connection={connection} fills={fills || fullScreen.isOn} isRinging={bell.isRinging}>
        {isOpen && (
          <VncScreen
            key={connection.attempt}
            ref={screen}
            socketPath={connection.socketPath}
            showing={showing}
            label={t("screenOf", { name: access.vmName })}
            onConnected={console.confirmConnected}
            onEnded={console.endWith}
            onClipboard={tools.setReceived}
            onBell={bell.ring}
            onKey={tools.modifiers.release}
            onReleased={() => toolbar.current?.focus()}
            className="absolute inset-0"
          />
        )}
        {children}
      </FrameBody>
      {!fullScreen.isOn && (
        <FrameFoot>
          <TrafficReading screen={screen} />
        </FrameFoot>
      )}
      <VncDialogs tools={tools} />
    </section>
  );
}
