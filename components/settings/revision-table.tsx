import { useTranslations } from "next-intl";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RevisionRow } from "@/lib/settings/schema";
import { useSettingWords } from "./setting-words";

/** Who set what to what, newest first. */
export function RevisionTable({ revisions }: { revisions: readonly RevisionRow[] }) {
  const t = useTranslations("settings.page");
  return (
    <Table caption={t("historyTitle")}>
      <TableHead>
        <HeadCell>{t("when")}</HeadCell>
        <HeadCell>{t("who")}</HeadCell>
        <HeadCell>{t("setting")}</HeadCell>
        <HeadCell>{t("before")}</HeadCell>
        <HeadCell className="w-full">{t("after")}</HeadCell>
      </TableHead>
      <TableBody>
        {revisions.map((revision) => (
          <RevisionLine key={revision.id} revision={revision} />
        ))}
      </TableBody>
    </Table>
  );
}

function RevisionLine({ revision }: { revision: RevisionRow }) {
  const t = useTranslations("settings.page");
  const { labelOf } = useSettingWords();
  return (
    <TableRow>
      <TableCell className="text-ink-muted">
        <TimeAgo at={revision.createdAt} />
      </TableCell>
      <TableCell label={t("who")}>{revision.actorName}</TableCell>
      <TableCell label={t("setting")}>{labelOf(revision.key)}</TableCell>
      <TableCell label={t("before")} className="text-ink-muted sm:whitespace-normal">
        <RevisionValue value={revision.before} />
      </TableCell>
      <TableCell label={t("after")} className="font-medium sm:whitespace-normal">
        <RevisionValue value={revision.after} />
      </TableCell>
    </TableRow>
  );
}

function RevisionValue({ value }: { value: RevisionRow["after"] }) {
  const t = useTranslations("settings.page");
  const { valueText } = useSettingWords();
  if (value === null) return <span className="font-normal text-ink-faint">{t("isDefault")}</span>;
  return <span className="break-words tabular-nums">{valueText(value)}</span>;
}
