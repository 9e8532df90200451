"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { openRecordingAction } from "@/app/actions/recordings";
import type { ConsoleType } from "@/lib/console/rules";
import type { ReplayPace } from "./replay-clock";
import { ReplaySession, type ReplayView } from "./replay-session";
import type { OpenStage } from "./stage";

interface UsedReplay {
  session: ReplaySession;
  view: ReplayView;
}

/** One replay for as long as it is on the page. */
export function useReplay(recordingId: string, consoleType: ConsoleType, pace: ReplayPace): UsedReplay {
  const [session] = useState(
    () =>
      new ReplaySession({
        openRecording: () => openRecordingAction({ recordingId }),
        openStage: (target, signal) => openStageOf(consoleType, target, signal),
        pace,
        everyFrame,
      }),
  );
  const view = useSyncExternalStore(session.subscribe, session.view, session.view);
  useEffect(() => session.setPace(pace), [session, pace]);
  useEffect(() => () => session.close(), [session]);
  return { session, view };
}

const openStageOf = async (consoleType: ConsoleType, ...words: Parameters<OpenStage>) => {
  if (consoleType === "vnc") {
    const { openPictureStage } = await import("./open-picture-stage");
    return openPictureStage(...words);
  }
  const { openTerminalStage } = await import("./open-terminal-stage");
  return openTerminalStage(...words);
};

function everyFrame(onFrame: (elapsedMs: number) => void): () => void {
  let last = performance.now();
  let next = requestAnimationFrame(function step(now) {
    onFrame(now - last);
    last = now;
    next = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(next);
}
