import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Told } from "@/lib/vms/explanation/schema";

/** Word for word what was said, by whom and when; closed until somebody wants to know. */
export function ToldWords({ told }: { told: readonly Told[] }) {
  const t = useTranslations("explanation");
  if (told.length === 0) return null;
  return (
    <details className="mt-1 text-xs">
      <summary className="w-fit cursor-pointer rounded-xs">{t("raw", { count: told.length })}</summary>
      <ul className="mt-1.5 grid gap-2">
        {told.map((one, index) => (
          <li key={index} className="min-w-0 border-l-2 pl-2.5">
            <p className="flex flex-wrap gap-x-1.5 text-ink-faint">
              <span>{t(`source.${one.source}`, { name: one.name ?? "" })}</span>
              {one.reason && <span className="break-all">· {one.reason}</span>}
              {one.at && (
                <span>
                  · <TimeAgo at={one.at} />
                </span>
              )}
            </p>
            <p className="font-mono break-words whitespace-pre-wrap">{one.message}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
