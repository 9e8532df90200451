"use client";

import { useTranslations } from "next-intl";
import { VerdictLine } from "@/components/requests/verdict-line";
import { ExactTime } from "@/components/ui/exact-time";
import type { OpeningShown } from "@/lib/requests/calendar/schema";
import { useOpeningTitle } from "./opening-words";

/** In the verdict beside a request: what an approval would wait for. */
export function OpeningLine({ opening }: { opening: OpeningShown | null }) {
  const t = useTranslations("calendar.opening");
  const titleOf = useOpeningTitle();
  const waits = opening === null || opening.reason !== null;
  return (
    <VerdictLine mark={waits ? "open" : "yes"} title={titleOf(opening)}>
      {opening?.reason != null && t.rich("would", { time: () => <ExactTime at={opening.at} /> })}
      {opening?.reason?.kind === "freeze" && opening.reason.name !== null && ` ${opening.reason.name}`}
    </VerdictLine>
  );
}
