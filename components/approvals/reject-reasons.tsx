"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { ReasonSubject } from "@/lib/requests/reject-reasons/schema";

/** In the reader's language. */
export type OfferedReason = { about: ReasonSubject; text: string };

const ReasonsContext = createContext<readonly OfferedReason[]>([]);

/** Once per page, so that not every row carries them. */
export function RejectReasons({
  reasons,
  children,
}: {
  reasons: readonly OfferedReason[];
  children: ReactNode;
}) {
  return <ReasonsContext value={reasons}>{children}</ReasonsContext>;
}

export function useRejectReasons(about: ReasonSubject): string[] {
  const reasons = useContext(ReasonsContext);
  return reasons
    .filter((reason) => about === "all" || reason.about === "all" || reason.about === about)
    .map(({ text }) => text);
}
