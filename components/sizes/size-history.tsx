import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SizeHistoryRow } from "@/lib/catalog/sizes/schema";

/** Who changed what, newest first. */
export function SizeHistory({ history }: { history: readonly SizeHistoryRow[] }) {
  const t = useTranslations("sizes.history");
  return (
    <Card title={t("title")} flush>
      {history.length === 0 ? (
        <p className="p-4 text-sm text-ink-muted">{t("empty")}</p>
      ) : (
        <ol className="divide-y">
          {history.map((row) => (
            <Entry key={row.id} row={row} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Entry({ row }: { row: SizeHistoryRow }) {
  const t = useTranslations("sizes.history");
  const action = row.action.replace("instance_size.", "");
  return (
    <li className="grid gap-1.5 px-4 py-2.5 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{t.has(`action.${action}`) ? t(`action.${action}`) : row.action}</span>
        {row.version !== null && (
          <span className="text-xs text-ink-faint">{t("version", { version: row.version })}</span>
        )}
        <span className="ml-auto text-xs text-ink-muted">
          {row.actorName ?? t("platform")} · <TimeAgo at={row.at} />
        </span>
      </div>
      {row.changes.length > 0 && (
        <dl className="grid gap-1 text-xs">
          {row.changes.map((change) => (
            <Change key={change.member} change={change} />
          ))}
        </dl>
      )}
    </li>
  );
}

function Change({ change: { member, before, after } }: { change: SizeHistoryRow["changes"][number] }) {
  const t = useTranslations("sizes.member");
  return (
    <div className="grid min-w-0 gap-x-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-ink-faint">{t.has(member) ? t(member) : member}</dt>
      <dd className="min-w-0 font-mono text-2xs leading-4.5 break-all">
        <del className="text-ink-faint">{shown(before)}</del> →{" "}
        <ins className="no-underline">{shown(after)}</ins>
      </dd>
    </div>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
