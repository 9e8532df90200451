"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent } from "react";
import { askQuietly, markQuiet } from "./ask-quietly";

interface KeepFreshProps {
  /** What has a worker look again. */
  path: string;
  everySeconds: number;
  /** When somebody last looked; null: nobody has. */
  observedAt: Date | null;
}

/** Has what a page shows asked anew while somebody looks at it, and the page read again with what came. */
export function KeepFresh({ path, everySeconds, observedAt }: KeepFreshProps) {
  const router = useRouter();
  const ageSeconds = useEffectEvent(() =>
    observedAt === null ? Infinity : (Date.now() - new Date(observedAt).getTime()) / 1000,
  );
  const look = useEffectEvent(async (signal: AbortSignal) => {
    const answer = await askQuietly(path, { signal }).catch(() => null);
    if (answer === null || !answer.ok || signal.aborted) return;
    await answer.body?.cancel();
    markQuiet();
    startTransition(() => router.refresh());
  });
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = false;
    const turn = async () => {
      clearTimeout(timer);
      if (isLooking || ended.signal.aborted || document.hidden) return;
      isLooking = true;
      if (ageSeconds() >= everySeconds) await look(ended.signal);
      isLooking = false;
      if (!ended.signal.aborted) timer = setTimeout(() => void turn(), everySeconds * 1000);
    };
    const onSight = () => void turn();
    document.addEventListener("visibilitychange", onSight);
    void turn();
    return () => {
      ended.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onSight);
    };
  }, [everySeconds, path]);
  return null;
}
