"use client";

import { useTranslations } from "next-intl";
import type { ReactNode, Ref } from "react";
import { RecordingBanner } from "@/components/recordings/recording-banner";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { GrantCountdown } from "./grant-countdown";
import type { Connection } from "./use-console-connection";

interface ConsoleToolbarProps {
  ref: Ref<HTMLDivElement>;
  access: ConsoleAccess;
  consoleType: ConsoleType;
  connection: Connection;
  /** What can be done with the machine. */
  children: ReactNode;
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

export function ConsoleToolbar({ ref, access, consoleType, connection, children }: ConsoleToolbarProps) {
  const t = useTranslations("console");
  const phase = shownPhase(connection.phase);
  const isWatching = connection.phase === "connected" && connection.mode === "watch";
  const isRecorded =
    connection.phase === "connected" &&
    access.sessions.some(
      (session) => session.recorded && session.consoleType === consoleType && session.mode === "control",
    );
  const hasCountdown = access.grant !== null && connection.phase === "connected" && !isWatching;
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
        <span role="status">
          {isWatching ? (
            <StatusBadge tone="info" icon="eye" label={t("phase.watching")} look="boxed" />
          ) : (
            <StatusBadge {...looks[phase]} label={t(`phase.${phase}`)} look="boxed" />
          )}
        </span>
        {isRecorded && <RecordingBanner />}
        {hasCountdown && access.grant !== null && (
          <GrantCountdown endsAt={access.grant.endsAt} covers={access.grant.covers} />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-0.5 sm:gap-1">{children}</div>
    </div>
  );
}
