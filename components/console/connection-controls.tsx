"use client";

import { Maximize, Minimize, RefreshCw, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import type { ConsoleConnection } from "./use-console-connection";
import type { FullScreen } from "./use-full-screen";

interface ConnectionControlsProps {
  console: ConsoleConnection;
  fullScreen: FullScreen;
}

/** What every kind of console offers at the end of its toolbar. */
export function ConnectionControls({ console, fullScreen }: ConnectionControlsProps) {
  const t = useTranslations("console.toolbar");
  const { connection } = console;
  const isUnderWay = connection.phase === "asking" || connection.phase === "connecting";
  const mode = connection.phase === "connected" ? connection.mode : "control";
  return (
    <>
      <IconButton
        size="icon-sm"
        label={fullScreen.isOn ? t("leaveFullScreen") : t("fullScreen")}
        aria-pressed={fullScreen.isOn}
        onClick={fullScreen.toggle}
      >
        {fullScreen.isOn ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
      </IconButton>
      <IconButton
        size="icon-sm"
        label={t("reconnect")}
        disabled={isUnderWay}
        onClick={() => void console.connect(mode)}
      >
        <RefreshCw aria-hidden />
      </IconButton>
      <IconButton
        size="icon-sm"
        label={t("disconnect")}
        disabled={connection.phase !== "connected"}
        onClick={console.disconnect}
      >
        <Unplug aria-hidden />
      </IconButton>
    </>
  );
}
