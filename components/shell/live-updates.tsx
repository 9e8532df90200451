"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useRef, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { StaleBanner } from "@/components/ui/stale-banner";
import { liveRefreshCookieName } from "@/lib/vocabulary/cookie-names";
import { allInterests, onInterestsChange, passOn } from "./live/interests";
import type { News } from "./live/news";
import { tellReadAgain } from "./live/readings";
import { SharedNews } from "./live/shared-source";

const gatherMs = 150;
const gatherMaxMs = 1_000;
/** For so long after the news what the page asks counts as its own doing and not as somebody's. */
const refreshSeconds = 2;
/** The server beats every fifteen seconds; a connection that is silent for longer does not get through. */
const silentMs = 40_000;
const slowRefreshMs = 30_000;

type LiveUpdatesProps = {
  /** When the server read the page. */
  readAt: Date;
};

/** Keeps the page true while it is open: by news, else by reading it again now and then, and says which. */
export function LiveUpdates({ readAt }: LiveUpdatesProps) {
  const router = useRouter();
  const [heardAt, setHeardAt] = useState(() => new Date());
  const pending = useRef<{ kinds: Set<string>; since: number; timer: ReturnType<typeof setTimeout> } | null>(
    null,
  );

  const readAgain = useEffectEvent(() => {
    const kinds = pending.current?.kinds ?? new Set<string>();
    pending.current = null;
    tellReadAgain(kinds);
    document.cookie = `${liveRefreshCookieName}=1; Path=/; SameSite=Strict; Max-Age=${refreshSeconds}`;
    startTransition(() => router.refresh());
  });

  /** A burst of news is one reading; a hidden tab reads when somebody looks at it. */
  const gather = useEffectEvent((kind: string) => {
    const now = performance.now();
    const gathered = pending.current ?? { kinds: new Set<string>(), since: now, timer: undefined };
    clearTimeout(gathered.timer);
    gathered.kinds.add(kind);
    const wait = Math.max(0, Math.min(gatherMs, gathered.since + gatherMaxMs - now));
    const timer = setTimeout(() => !document.hidden && readAgain(), wait);
    pending.current = { ...gathered, timer };
  });

  const hear = useEffectEvent((news: News) => {
    setHeardAt(new Date());
    if (news.type === "beat") return;
    // The page asks who is signed in, and leads a person whose session is over to where they can sign in again.
    if (news.type === "end") return gather("*");
    if (passOn(news)) gather(news.type === "change" ? news.kind : "*");
  });

  const firstReadAt = useRef(readAt);
  useEffect(() => {
    const shared = new SharedNews((news) => hear(news), allInterests(), firstReadAt.current.getTime());
    const forget = onInterestsChange(() => shared.wish(allInterests()));
    return () => {
      forget();
      shared.close();
    };
  }, []);

  useEffect(() => {
    const look = () => !document.hidden && pending.current !== null && readAgain();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);

  const silentTurns = useSilentTurns(heardAt);
  useEffect(() => {
    if (silentTurns > 0) gather("*");
  }, [silentTurns]);

  return silentTurns > 0 ? <SlowRefresh /> : <StaleBanner asOf={heardAt} />;
}

/** How often the page had to be read again since something was heard last; 0 while news get through. */
function useSilentTurns(heardAt: Date): number {
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    let repeat: ReturnType<typeof setInterval> | undefined;
    const timer = setTimeout(() => {
      setTurns(1);
      repeat = setInterval(() => setTurns((before) => before + 1), slowRefreshMs);
    }, silentMs);
    return () => {
      clearTimeout(timer);
      clearInterval(repeat);
      setTurns(0);
    };
  }, [heardAt]);
  return turns;
}

function SlowRefresh() {
  const t = useTranslations("shell.live");
  return (
    <Callout
      tone="warning"
      icon={<RefreshCw aria-hidden strokeWidth={1.75} />}
      role="status"
      title={t("slow", { seconds: slowRefreshMs / 1_000 })}
    >
      {t("slowExplanation")}
    </Callout>
  );
}
