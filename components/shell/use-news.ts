"use client";

import { useEffect, useEffectEvent } from "react";
import { declareInterests, type NewsForLeaf } from "./live/interests";

/** For a leaf that brings itself up to date: news of these go to it, and the page is not read again for them. */
export function useNews(interests: readonly string[], onNews: (news: NewsForLeaf) => void): void {
  const text = interests.join(",");
  const hear = useEffectEvent(onNews);
  useEffect(
    () => declareInterests({ words: text.split(",").filter(Boolean), onNews: (news) => hear(news) }),
    [text],
  );
}
