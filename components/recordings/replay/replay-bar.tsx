"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { clockText, replaySpeeds, type ReplayPace } from "./replay-clock";
import type { ReplaySession, ReplayView } from "./replay-session";
import { ReplayTimeline } from "./replay-timeline";

interface ReplayBarProps {
  session: ReplaySession;
  view: ReplayView;
  pace: ReplayPace;
  onPace: (pace: ReplayPace) => void;
}

/** Play, pause, speed and the time line. */
export function ReplayBar({ session, view, pace, onPace }: ReplayBarProps) {
  const t = useTranslations("recordings.replay");
  const { index, state, phase } = view;
  if (index === null || state === null) return null;
  const isPlaying = phase.kind === "playing";
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-3 py-2">
      <IconButton
        label={t(isPlaying ? "pause" : phase.kind === "over" ? "playAgain" : "play")}
        onClick={() => (isPlaying ? session.pause() : session.play())}
        disabled={phase.kind === "seeking" || phase.kind === "failed"}
      >
        {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </IconButton>
      <span className="font-mono text-xs tabular-nums">
        {clockText(state.atMs)} / {clockText(index.durationMs)}
      </span>
      <ReplayTimeline
        index={index}
        atMs={state.atMs}
        gapAtMs={state.gapAtMs}
        onSeek={(toMs) => void session.seek(toMs)}
      />
      <PaceFields pace={pace} onPace={onPace} />
    </div>
  );
}

function PaceFields({ pace, onPace }: Pick<ReplayBarProps, "pace" | "onPace">) {
  const t = useTranslations("recordings.replay");
  return (
    <span className="flex flex-wrap items-center gap-3 text-sm">
      <Select
        aria-label={t("speed")}
        value={String(pace.speed)}
        onChange={(event) => {
          const speed = replaySpeeds.find((each) => String(each) === event.target.value);
          if (speed !== undefined) onPace({ ...pace, speed });
        }}
        options={replaySpeeds.map((speed) => ({ value: String(speed), label: t("times", { speed }) }))}
        className="w-24"
      />
      <Checkbox
        label={t("skipIdle")}
        checked={pace.skipsIdle}
        onChange={(event) => onPace({ ...pace, skipsIdle: event.target.checked })}
      />
    </span>
  );
}
