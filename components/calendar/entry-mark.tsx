import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import type { CalendarEntry } from "@/lib/requests/calendar/schema";

/** Hatched, solid and outlined tell freezes, windows and requests apart without colour. */
export const entryLooks: Record<CalendarEntry["kind"], string> = {
  window: "border-success-line bg-success-soft",
  freeze:
    "border-info-line bg-info-soft bg-[repeating-linear-gradient(115deg,transparent_0_6px,var(--info-line)_6px_7px)]",
  request: "border-accent border-dashed bg-surface",
};

/** What a request does and to what; a window and a freeze have names of their own. */
export function useEntryTitle() {
  const t = useTranslations("calendar");
  return ({ kind, title, operation, resourceName, systemName }: CalendarEntry) => {
    if (kind !== "request") return title;
    const key = `operation.${operation ?? ""}`;
    // The record's operations are the vocabulary's; one without words says its own name.
    const name = t.has(key as "operation.CREATE_VM") ? t(key as "operation.CREATE_VM") : operation;
    return [name, resourceName ?? systemName].filter(Boolean).join(" · ");
  };
}

export function EntryMark({ entry }: { entry: CalendarEntry }) {
  return <span aria-hidden className={cn("size-3 shrink-0 rounded-xs border", entryLooks[entry.kind])} />;
}
