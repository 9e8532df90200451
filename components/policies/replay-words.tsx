import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { ReplayChange } from "@/lib/requests/replays/schema";

/** What was tried: which drafts were taken and which rules left out. */
export function ReplayChanges({ changes }: { changes: readonly ReplayChange[] }) {
  const t = useTranslations("policies.replays");
  if (changes.length === 0) return <span className="text-ink-faint">{t("unchanged")}</span>;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {changes.map(({ kind, id, name }) => (
        <Badge key={`${kind} ${id}`} className="h-auto min-h-5 whitespace-normal">
          {t(`kind.${kind}`, { name })}
        </Badge>
      ))}
    </span>
  );
}
