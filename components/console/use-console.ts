"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { showToast } from "@/components/ui/show-toast";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { standingOf } from "./console-standing";
import { useConsoleConnection, type Connection } from "./use-console-connection";
import { useDetachedWindow } from "./use-detached-window";

interface ConsoleInput {
  access: ConsoleAccess;
  consoleType: ConsoleType;
  isDetached: boolean;
}

/** A console's connection, where the person stands with it, and whether it is in a window of its own. */
export function useConsole({ access, consoleType, isDetached }: ConsoleInput) {
  const t = useTranslations("console.detached");
  const { vmId } = access;
  const console = useConsoleConnection(vmId, consoleType);
  const path = consoleType === "vnc" ? `/console/${vmId}` : `/console/${vmId}/serial`;
  const given = useHandedOver(access, consoleType);
  const name = `shepherd-${consoleType}-${vmId}`;
  const away = useDetachedWindow({ path, name, onClosed: () => void console.connect() });
  const standing = standingOf(access, consoleType);
  const isDue = isStartDue(console.connection, given.isFresh) && standing === "ready" && !away.isOpen;
  const connectOnce = useEffectEvent(() => {
    given.spend();
    void console.connect();
  });

  // Whoever opens this page wants the screen: it connects by itself, also when an approval arrives meanwhile.
  useEffect(() => {
    if (isDue) connectOnce();
  }, [isDue]);

  function detach() {
    if (away.open()) console.disconnect();
    else showToast("error", t("blocked"));
  }

  function bringBack() {
    away.close();
    void console.connect();
  }

  return {
    ...{ console, standing, detach, bringBack },
    isAway: !isDetached && away.isOpen,
    showWindow: away.show,
  };
}

/** Whether the person was given the console they had asked for, and has not come for it yet. */
function useHandedOver({ ownAsk }: ConsoleAccess, consoleType: ConsoleType) {
  const [spentAskId, setSpentAskId] = useState<string | null>(null);
  const isGiven = ownAsk?.status === "granted" && ownAsk.consoleType === consoleType;
  const askId = isGiven ? ownAsk.askId : null;
  return { isFresh: askId !== null && askId !== spentAskId, spend: () => setSpentAskId(askId) };
}

/** At the beginning, and where whoever watched was given the keys: what was watched ends with that. */
function isStartDue(connection: Connection, isGiven: boolean): boolean {
  if (connection.phase === "idle") return true;
  return isGiven && "ending" in connection && connection.ending === "watch_ended";
}
