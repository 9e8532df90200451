"use client";

import { useEffect, useEffectEvent } from "react";
import type { ConsoleAccess } from "@/lib/console/schema";
import { AccessPanel, standingOf } from "./access-panel";
import { ConsoleFrame } from "./console-frame";
import { EndedPanel } from "./ended-panel";
import { SessionList } from "./session-list";
import { useConsoleConnection } from "./use-console-connection";

/** A VM's console, from asking for it to the reason why it ended. */
export function ConsoleView({ access }: { access: ConsoleAccess }) {
  const console = useConsoleConnection(access.vmId);
  const { connection } = console;
  const standing = standingOf(access);
  const isDue = standing === "ready" && connection.phase === "idle";
  const connectOnce = useEffectEvent(() => void console.connect());

  // Whoever opens this page wants the screen: it connects by itself, also when an approval arrives meanwhile.
  useEffect(() => {
    if (isDue) connectOnce();
  }, [isDue]);

  return (
    <div className="grid min-w-0 gap-4">
      {connection.phase === "idle" && standing !== "ready" ? (
        <AccessPanel access={access} standing={standing} onTakeOver={() => void console.connect()} />
      ) : (
        <ConsoleFrame access={access} console={console}>
          {connection.phase === "ended" && (
            <EndedPanel
              access={access}
              ended={connection}
              onReconnect={() => void console.connect()}
              onAskAgain={console.reset}
            />
          )}
        </ConsoleFrame>
      )}
      <SessionList access={access} />
    </div>
  );
}
