"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { RecordingIndex } from "@/lib/console/recordings/schema";
import { activityOf, clockText } from "./replay-clock";

const parts = 160;
/** Whoever drags passes many places and wants one. */
const settledMs = 200;

interface ReplayTimelineProps {
  index: RecordingIndex;
  atMs: number;
  gapAtMs: number | null;
  onSeek: (toMs: number) => void;
}

/** Where the replay is, over how much happened when; a slider for mouse, touch and keyboard. */
export function ReplayTimeline({ index, atMs, gapAtMs, onSeek }: ReplayTimelineProps) {
  const t = useTranslations("recordings.replay");
  const activity = useMemo(() => activityOf(index.chunks, index.durationMs, parts), [index]);
  const [wantedMs, choose] = useSettled(onSeek);
  const shownMs = wantedMs ?? atMs;
  const shareOf = (ms: number) => (index.durationMs === 0 ? 0 : (ms / index.durationMs) * parts);
  return (
    <div className="grid min-w-0 flex-1 gap-1">
      <svg
        aria-hidden
        viewBox={`0 0 ${parts} 20`}
        preserveAspectRatio="none"
        className="h-6 w-full overflow-visible rounded-sm bg-sunken"
      >
        {activity.map(
          (share, part) =>
            share > 0 && (
              <rect
                key={part}
                x={part}
                y={20 - share * 18}
                width={0.8}
                height={share * 18}
                className={part < shareOf(shownMs) ? "fill-accent" : "fill-line-field"}
              />
            ),
        )}
        {gapAtMs !== null && (
          <rect x={shareOf(gapAtMs)} y={0} width={1} height={20} className="fill-warning-solid" />
        )}
      </svg>
      <input
        type="range"
        min={0}
        max={Math.max(1, index.durationMs)}
        step={1_000}
        value={Math.min(shownMs, index.durationMs)}
        onChange={(event) => choose(Number(event.target.value))}
        aria-label={t("place")}
        aria-valuetext={t("placeOf", { at: clockText(shownMs), end: clockText(index.durationMs) })}
        className="h-4 w-full cursor-pointer accent-accent"
      />
    </div>
  );
}

/** A place that is chosen counts once no other one is chosen for a moment. */
function useSettled(
  onSettled: (ms: number) => void,
): [wantedMs: number | null, choose: (ms: number) => void] {
  const [wantedMs, setWanted] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const choose = (ms: number) => {
    setWanted(ms);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setWanted(null);
      onSettled(ms);
    }, settledMs);
  };
  return [wantedMs, choose];
}
