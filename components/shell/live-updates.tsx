"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useEffectEvent, useRef, useState } from "react";
import { StaleBanner } from "@/components/ui/stale-banner";
import { liveRefreshCookieName } from "@/lib/vocabulary/cookie-names";
import { followNews, type News } from "./event-source";

const gatherMs = 150;
const gatherMaxMs = 1_000;
/** For so long after the news what the page asks counts as its own doing and not as somebody's. */
const refreshSeconds = 2;

type LiveUpdatesProps = {
  /** When the server read the page. */
  readAt: Date;
};

/** Keeps the page true while it is open, and says so when it no longer can. */
export function LiveUpdates({ readAt }: LiveUpdatesProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const [heardAt, setHeardAt] = useState(() => new Date());
  const pending = useRef<{ kinds: Set<string>; since: number; timer: ReturnType<typeof setTimeout> } | null>(
    null,
  );

  const readAgain = useEffectEvent(() => {
    const kinds = pending.current?.kinds ?? new Set<string>();
    pending.current = null;
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => kinds.has("*") || kinds.has(String(queryKey[0])),
    });
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
    if (news.type === "change") gather(news.kind);
    // The page asks who is signed in, and leads a person whose session is over to where they can sign in again.
    if (news.type === "resync" || news.type === "end") gather("*");
  });

  const firstReadAt = useRef(readAt);
  useEffect(() => followNews((news) => hear(news), firstReadAt.current.getTime()), []);

  useEffect(() => {
    const look = () => !document.hidden && pending.current !== null && readAgain();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);

  return <StaleBanner asOf={heardAt} />;
}
