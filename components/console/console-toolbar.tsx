"use client";

import { Expand, Keyboard, Maximize, Minimize, RefreshCw, Shrink, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Ref, RefObject } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuAction, MenuHeading } from "@/components/ui/dropdown-menu";
import type { IconName } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import type { ConsoleAccess } from "@/lib/console/schema";
import { GrantCountdown } from "./grant-countdown";
import { keyCombinations } from "./key-combinations";
import type { Connection, useConsoleConnection } from "./use-console-connection";
import type { useFullScreen } from "./use-full-screen";
import type { Screen } from "./vnc-screen";

interface ConsoleToolbarProps {
  ref: Ref<HTMLDivElement>;
  access: ConsoleAccess;
  console: ReturnType<typeof useConsoleConnection>;
  screen: RefObject<Screen | null>;
  isScaled: boolean;
  onScale: (isScaled: boolean) => void;
  fullScreen: ReturnType<typeof useFullScreen>;
}

const looks: Record<Exclude<Connection["phase"], "idle">, { tone: Tone; icon: IconName }> = {
  asking: { tone: "info", icon: "progress" },
  connecting: { tone: "info", icon: "progress" },
  reconnecting: { tone: "warning", icon: "progress" },
  connected: { tone: "success", icon: "done" },
  ended: { tone: "neutral", icon: "plug" },
};

/** A frame that is drawn is about to ask: the moment before is none of its own. */
export function shownPhase(phase: Connection["phase"]): Exclude<Connection["phase"], "idle"> {
  return phase === "idle" ? "asking" : phase;
}

export function ConsoleToolbar(props: ConsoleToolbarProps) {
  const { ref, access, console } = props;
  const t = useTranslations("console");
  const phase = shownPhase(console.connection.phase);
  return (
    <div
      ref={ref}
      role="toolbar"
      aria-label={t("toolbar.label")}
      tabIndex={-1}
      className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1.5 border-b px-3 py-1.5 outline-none"
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="truncate font-mono text-xs font-medium">{access.vmName}</span>
        <StatusBadge {...looks[phase]} label={t(`phase.${phase}`)} look="boxed" />
        {access.grant !== null && phase === "connected" && <GrantCountdown endsAt={access.grant.endsAt} />}
      </div>
      <div className="flex flex-wrap items-center gap-0.5 sm:gap-1">
        <ScreenKeys {...props} />
        <ScreenControls {...props} />
      </div>
    </div>
  );
}

function ScreenKeys({ console, screen }: ConsoleToolbarProps) {
  const t = useTranslations("console.toolbar");
  const isConnected = console.connection.phase === "connected";
  // After a key was sent, typing goes on in the machine.
  const send = (press: (screen: Screen) => void) => {
    if (screen.current === null) return;
    press(screen.current);
    screen.current.focus();
  };
  return (
    <>
      <Button size="sm" disabled={!isConnected} onClick={() => send((one) => one.pressCtrlAltDel())}>
        {t("ctrlAltDel")}
      </Button>
      <DropdownMenu
        trigger={
          <Button size="sm" variant="ghost" disabled={!isConnected}>
            <Keyboard aria-hidden />
            <span className="max-sm:sr-only">{t("keys")}</span>
          </Button>
        }
      >
        <MenuHeading>{t("sendKeys")}</MenuHeading>
        {keyCombinations.map((combination) => (
          <MenuAction key={combination.name} onSelect={() => send((one) => one.press(combination))}>
            {combination.name}
          </MenuAction>
        ))}
      </DropdownMenu>
    </>
  );
}

function ScreenControls({ console, isScaled, onScale, fullScreen }: ConsoleToolbarProps) {
  const t = useTranslations("console.toolbar");
  const { phase } = console.connection;
  const isConnected = phase === "connected";
  const isUnderWay = phase === "asking" || phase === "connecting";
  return (
    <>
      <IconButton
        size="icon-sm"
        label={isScaled ? t("actualSize") : t("fit")}
        aria-pressed={isScaled}
        disabled={!isConnected}
        onClick={() => onScale(!isScaled)}
      >
        {isScaled ? <Expand aria-hidden /> : <Shrink aria-hidden />}
      </IconButton>
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
        onClick={() => void console.connect()}
      >
        <RefreshCw aria-hidden />
      </IconButton>
      <IconButton size="icon-sm" label={t("disconnect")} disabled={!isConnected} onClick={console.disconnect}>
        <Unplug aria-hidden />
      </IconButton>
    </>
  );
}
