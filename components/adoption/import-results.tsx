import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { IconName } from "@/components/ui/icon";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Tone } from "@/components/ui/tones";
import type { ImportRow } from "@/lib/vms/adoption/schema";

type Look = { tone: Tone; icon: IconName; word: "running" | "completed" | "failed" };
const looks: Record<string, Look> = {
  PROCESSING: { tone: "info", icon: "progress", word: "running" },
  COMPLETED: { tone: "success", icon: "done", word: "completed" },
};
const failed: Look = { tone: "danger", icon: "failed", word: "failed" };

export function ImportResults({ imports }: { imports: readonly ImportRow[] }) {
  const t = useTranslations("adoption");
  if (imports.length === 0) return null;
  return (
    <Section title={t("import.results")} description={t("import.resultsDetail")}>
      <Table caption={t("import.results")}>
        <TableHead>
          <HeadCell>{t("importColumn.machine")}</HeadCell>
          <HeadCell>{t("importColumn.namespace")}</HeadCell>
          <HeadCell>{t("importColumn.result")}</HeadCell>
          <HeadCell>{t("importColumn.when")}</HeadCell>
        </TableHead>
        <TableBody>
          {imports.map((row) => (
            <TableRow key={row.eventId}>
              <TableCell className="font-mono text-[0.92em] break-all">
                {row.vmId === null ? row.name : <TextLink href={`/vms/${row.vmId}`}>{row.name}</TextLink>}
              </TableCell>
              <TableCell label={t("importColumn.namespace")} className="font-mono text-xs">
                {row.namespace}
              </TableCell>
              <TableCell label={t("importColumn.result")} className="sm:whitespace-normal">
                <Result row={row} />
              </TableCell>
              <TableCell label={t("importColumn.when")} className="text-ink-muted">
                <TimeAgo at={row.createdAt} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Result({ row: { status, errorMessage } }: { row: ImportRow }): ReactNode {
  const t = useTranslations("adoption.import");
  const { tone, icon, word } = looks[status] ?? failed;
  return (
    <span className="grid gap-0.5">
      <StatusBadge tone={tone} icon={icon} label={t(word)} look="plain" />
      {errorMessage !== null && (
        <span className="text-xs break-words text-ink-muted">
          {word === "completed" ? t("changed", { parts: errorMessage }) : errorMessage}
        </span>
      )}
    </span>
  );
}
