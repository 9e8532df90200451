import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { deskTypes } from "@/lib/vocabulary/approval-desks";

/** The kinds of approval systems there are, each with a sentence that tells which one a company has. */
export function DeskTypeList() {
  const t = useTranslations("desks.type");
  return (
    <ul className="grid max-w-3xl gap-3">
      {deskTypes.map((type) => (
        <li key={type}>
          <Link
            href={`/admin/desks/new?type=${type}`}
            className="flex items-center gap-4 rounded-lg border bg-surface p-4 transition-colors hover:bg-hover"
          >
            <span className="grid min-w-0 flex-1 gap-1">
              <span className="font-medium">{t(`${type}.name`)}</span>
              <span className="text-sm text-pretty text-ink-muted">{t(`${type}.description`)}</span>
              <span className="text-xs text-ink-faint">{t(`${type}.needs`)}</span>
            </span>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
