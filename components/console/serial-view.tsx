"use client";

import type { ConsolePreferences } from "@/lib/console/preferences/schema";
import type { ConsoleAccess } from "@/lib/console/schema";
import { AccessPanel } from "./access-panel";
import { DetachedPanel } from "./detached-panel";
import { EndedPanel } from "./ended-panel";
import { SerialFrame } from "./serial-frame";
import { SessionList } from "./session-list";
import { useConsole } from "./use-console";
import { useConsoleChoices } from "./use-console-choices";

interface SerialViewProps {
  access: ConsoleAccess;
  preferences: ConsolePreferences;
  /** It is a window of its own, and fills it. */
  isDetached?: boolean;
}

/** A VM's serial line, from asking for it to the reason why it ended. */
export function SerialView({ access, preferences, isDetached = false }: SerialViewProps) {
  const view = useConsole({ access, consoleType: "serial", isDetached });
  const { console, standing } = view;
  const { connection, connect } = console;
  const choices = useConsoleChoices(preferences);
  if (view.isAway) return <DetachedPanel onShow={view.showWindow} onBringBack={view.bringBack} />;
  return (
    <div className={isDetached ? "flex h-full min-w-0 flex-col gap-2" : "grid min-w-0 gap-4"}>
      {connection.phase === "idle" && standing !== "ready" ? (
        <AccessPanel
          access={access}
          consoleType="serial"
          standing={standing}
          onConnect={(mode) => void connect(mode)}
        />
      ) : (
        <SerialFrame
          access={access}
          console={console}
          choices={choices}
          fills={isDetached}
          onDetach={isDetached ? undefined : view.detach}
        >
          {connection.phase === "ended" && (
            <EndedPanel access={access} consoleType="serial" ended={connection} console={console} />
          )}
        </SerialFrame>
      )}
      {!isDetached && <SessionList access={access} />}
    </div>
  );
}
