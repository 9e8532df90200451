import type { NewsKind } from "@/lib/vocabulary/news-kinds";

export type News =
  | { type: "change"; kind: NewsKind; id: string; isNew: boolean }
  | { type: "beat" }
  /** Something may have been missed: read everything again. */
  | { type: "resync" }
  /** The session is over. */
  | { type: "end" };

export type Listener = (news: News) => void;
