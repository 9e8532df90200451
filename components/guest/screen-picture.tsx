"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { useClock } from "@/components/ui/use-clock";
import { followScreen, type ScreenNews } from "./follow-screen";

interface ScreenPictureProps {
  vmId: string;
  vmName: string;
  isPaused: boolean;
}

/** The picture itself: taken anew every few seconds while it is in sight, and not at all otherwise. */
export function ScreenPicture({ vmId, vmName, isPaused }: ScreenPictureProps) {
  const t = useTranslations("guest.screen");
  const box = useRef<HTMLSpanElement>(null);
  const [news, setNews] = useState<ScreenNews>({ kind: "waiting" });
  useEffect(() => {
    if (box.current === null) return;
    return followScreen(box.current, { vmId, onNews: setNews });
  }, [vmId]);
  return (
    <span ref={box} className="absolute inset-0 grid place-items-center">
      {news.kind === "shown" && (
        // eslint-disable-next-line @next/next/no-img-element -- A private picture of the moment; nothing may keep or resize it.
        <img
          src={news.url}
          alt={t("picture", { name: vmName })}
          className="absolute inset-0 size-full object-contain"
        />
      )}
      {news.kind === "waiting" && (
        <span role="status" className="flex items-center gap-2 text-xs">
          <Icon name="progress" className="size-4 animate-spin motion-reduce:animate-none" />
          {t("waiting")}
        </span>
      )}
      {news.kind === "refused" && (
        <span className="grid max-w-56 justify-items-center gap-2 p-4 text-center text-xs">
          <Icon name="monitor" className="size-6 opacity-70" />
          {t(news.isFinal ? "no_screen" : "unreachable")}
        </span>
      )}
      {news.kind === "shown" && <Age takenAt={news.takenAt} isPaused={isPaused} />}
    </span>
  );
}

function Age({ takenAt, isPaused }: { takenAt: Date; isPaused: boolean }) {
  const t = useTranslations("guest.screen");
  const format = useFormatter();
  const now = useClock();
  return (
    <span className="absolute inset-x-0 bottom-0 flex items-center gap-2 bg-[oklch(0.16_0.01_265/0.82)] px-2.5 py-1 text-2xs opacity-0 transition-opacity group-focus-visible/screen:opacity-100 group-hover/screen:opacity-100 motion-reduce:transition-none pointer-coarse:opacity-100">
      {isPaused && <Icon name="paused" className="size-3.5" />}
      <span>{isPaused ? t("paused") : t("taken", { time: format.relativeTime(takenAt, now) })}</span>
      <span className="ml-auto">{t("goToConsole")}</span>
    </span>
  );
}
