import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import type { Timeline } from "@/lib/requests/workflows/schema";

/** The whole of it from the records, first things first; folded, as the steps above tell what matters. */
export function TimelineHappenings({ happenings }: Pick<Timeline, "happenings">) {
  const t = useTranslations("workflows.timeline");
  if (happenings.length === 0) return null;
  return (
    <details className="group border-t pt-3 text-sm">
      <summary className="cursor-pointer rounded-xs text-ink-muted hover:text-ink">
        {t("everything", { count: happenings.length })}
      </summary>
      <ol className="mt-3 grid gap-2.5">
        {happenings.map((one, index) => (
          <li key={index} className="grid gap-0.5 border-l-2 pl-3">
            <HappeningText {...one} />
            <ExactTime at={one.at} className="text-xs text-ink-faint tabular-nums" />
          </li>
        ))}
      </ol>
    </details>
  );
}

function HappeningText({ action, actorName, outcome, details }: Timeline["happenings"][number]) {
  const t = useTranslations("workflows.happening");
  const key = action.replaceAll(".", "_");
  const said = [details.reason, details.comment].find((word) => typeof word === "string" && word !== "");
  return (
    <span className="min-w-0 break-words">
      {t.has(key) ? t(key, { name: actorName }) : t("other", { name: actorName, action })}
      {outcome === "failure" && typeof details.code === "string" && (
        <span className="text-ink-muted"> ({details.code})</span>
      )}
      {typeof said === "string" && <span className="block text-xs text-ink-muted">{said}</span>}
    </span>
  );
}
