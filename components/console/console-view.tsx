"use client";

import type { ConsolePreferences } from "@/lib/console/preferences/schema";
import type { ConsoleAccess } from "@/lib/console/schema";
import { AccessPanel } from "./access-panel";
import { DetachedPanel } from "./detached-panel";
import { EndedPanel } from "./ended-panel";
import { SessionList } from "./session-list";
import { useConsole } from "./use-console";
import { useConsoleChoices } from "./use-console-choices";
import { useVncTools } from "./use-vnc-tools";
import { VncFrame } from "./vnc-frame";

interface ConsoleViewProps {
  access: ConsoleAccess;
  preferences: ConsolePreferences;
  /** It is a window of its own, and fills it. */
  isDetached?: boolean;
}

/** A VM's screen, from asking for it to the reason why it ended. */
export function ConsoleView({ access, preferences, isDetached = false }: ConsoleViewProps) {
  const view = useConsole({ access, consoleType: "vnc", isDetached });
  const { console, standing } = view;
  const { connection, connect } = console;
  const choices = useConsoleChoices(preferences);
  const tools = useVncTools({ access, console, choices });
  if (view.isAway) return <DetachedPanel onShow={view.showWindow} onBringBack={view.bringBack} />;
  return (
    <div className={isDetached ? "flex h-full min-w-0 flex-col gap-2" : "grid min-w-0 gap-4"}>
      {connection.phase === "idle" && standing !== "ready" ? (
        <AccessPanel
          access={access}
          consoleType="vnc"
          standing={standing}
          onConnect={(mode) => void connect(mode)}
        />
      ) : (
        <VncFrame tools={tools} fills={isDetached} onDetach={isDetached ? undefined : view.detach}>
          {connection.phase === "ended" && (
            <EndedPanel access={access} consoleType="vnc" ended={connection} console={console} />
          )}
        </VncFrame>
      )}
      {!isDetached && <SessionList access={access} />}
    </div>
  );
}
