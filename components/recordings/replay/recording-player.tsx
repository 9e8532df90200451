"use client";

import "@xterm/xterm/css/xterm.css";
import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import type { RecordingRow } from "@/lib/console/recordings/schema";
import { ReplayBar } from "./replay-bar";
import { clockText, type ReplayPace } from "./replay-clock";
import type { ReplayView } from "./replay-session";
import { useReplay } from "./use-replay";

/** A recording on its page: opened on purpose, because that is recorded too. */
export function RecordingPlayer({ recording }: { recording: RecordingRow }) {
  const t = useTranslations("recordings.replay");
  const target = useRef<HTMLDivElement>(null);
  const [pace, setPace] = useState<ReplayPace>({ speed: 1, skipsIdle: true });
  const { session, view } = useReplay(recording.id, recording.consoleType, pace);
  const isClosed = view.phase.kind === "closed";
  return (
    <section aria-label={t("label")} className="grid min-w-0 overflow-clip rounded-lg border bg-surface">
      <div className="relative grid h-[min(70vh,48rem)] min-h-64 bg-[#0c0d10]">
        <div
          ref={target}
          role="group"
          aria-label={t("pictureOf", { name: recording.vmName })}
          className="size-full min-w-0 overflow-hidden"
        />
        {isClosed && (
          <div className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-4 text-center">
            <Button variant="primary" onClick={() => target.current && void session.open(target.current)}>
              <Play aria-hidden />
              {t("open")}
            </Button>
            <p className="max-w-sm text-sm text-[#b9bec8]">{t("openHint")}</p>
          </div>
        )}
        <StageNotice view={view} />
      </div>
      <ReplayBar session={session} view={view} pace={pace} onPace={setPace} />
      <ReplayNotes view={view} />
    </section>
  );
}

/** What stands over the picture while there is nothing to see. */
function StageNotice({ view: { phase, state } }: { view: ReplayView }) {
  const t = useTranslations("recordings.replay");
  const errorText = useErrorText();
  const isBusy =
    phase.kind === "opening" || phase.kind === "seeking" || (phase.kind === "playing" && state?.isWaiting);
  if (isBusy) {
    return (
      <span className="absolute top-3 right-3 rounded-md bg-surface/90 px-2 py-1">
        <Spinner label={t(phase.kind === "seeking" ? "seeking" : "loading")} />
      </span>
    );
  }
  if (phase.kind !== "failed") return null;
  return (
    <div className="absolute inset-x-3 top-3">
      <Callout tone="danger" role="alert" title={t("failed")}>
        {errorText(phase.error)}
      </Callout>
    </div>
  );
}

/** What a watcher has to know of what they see. */
function ReplayNotes({ view: { state } }: { view: ReplayView }) {
  const t = useTranslations("recordings.replay");
  if (state === null) return null;
  const { gapAtMs, isUnshowable, endReason } = state;
  return (
    <div aria-live="polite" className="grid gap-2 px-3 pb-2 empty:hidden">
      {gapAtMs !== null && (
        <Callout tone="warning" title={t("gap", { at: clockText(gapAtMs) })}>
          {t(isUnshowable ? "gapLost" : "gapText")}
        </Callout>
      )}
      {gapAtMs === null && isUnshowable && <Callout tone="warning" title={t("unshowable")} />}
      {endReason !== null && <p className="text-xs text-ink-muted">{t("ended", { reason: endReason })}</p>}
    </div>
  );
}
