"use client";

import { useTranslations } from "next-intl";
import type { OpeningShown } from "@/lib/requests/calendar/schema";

/** When something begins and what it waits for, in one sentence. */
export function useOpeningTitle() {
  const t = useTranslations("calendar.opening");
  return (opening: OpeningShown | null) => {
    if (opening === null) return t("never");
    if (opening.reason === null) return t("now");
    return t(opening.reason.kind, { name: opening.reason.name ?? "" });
  };
}
