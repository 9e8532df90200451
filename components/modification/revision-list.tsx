import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import { LinkButton } from "@/components/ui/link-button";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RevisionDiffRow, RevisionRow } from "@/lib/vms/modification/schema";
import { useSettingWords } from "./use-setting-words";

type RevisionListProps = { vmId: string; revisions: readonly RevisionRow[]; isPermitted: boolean };

export function RevisionList({ vmId, revisions, isPermitted }: RevisionListProps) {
  return (
    <ol className="grid gap-4">
      {revisions.map((row, index) => (
        <li key={row.revision}>
          <RevisionCard vmId={vmId} row={row} isNow={index === 0} isPermitted={isPermitted} />
        </li>
      ))}
    </ol>
  );
}

type RevisionCardProps = { vmId: string; row: RevisionRow; isNow: boolean; isPermitted: boolean };

function RevisionCard({ vmId, row, isNow, isPermitted }: RevisionCardProps) {
  const t = useTranslations("modification");
  return (
    <Card
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          {t("revisions.number", { revision: row.revision })}
          <Badge>{t(`revisions.kind.${row.kind}`)}</Badge>
          {isNow && <Badge tone="info">{t("revisions.current")}</Badge>}
        </span>
      }
      description={
        <>
          {row.actorName} · <TimeAgo at={row.createdAt} />
        </>
      }
      actions={
        !isNow && isPermitted ? (
          <LinkButton href={`/vms/${vmId}/modify?rollbackTo=${row.revision}`} size="sm">
            {t("revisions.rollback")}
          </LinkButton>
        ) : undefined
      }
      footer={row.changeReason === "" && row.ticketId === null ? undefined : <Why row={row} />}
    >
      <RevisionDiff rows={row.diff} isFirst={row.revision === 1} />
    </Card>
  );
}

function Why({ row }: { row: RevisionRow }) {
  const t = useTranslations("modification");
  return (
    <p className="flex flex-wrap gap-x-3 break-words">
      {row.changeReason !== "" && <q>{row.changeReason}</q>}
      {row.ticketId !== null && (
        <TextLink href={`/requests/${row.ticketId}`}>{t("revisions.request")}</TextLink>
      )}
    </p>
  );
}

/** What a revision has otherwise than the one before, or than the one it is compared with. */
export function RevisionDiff({ rows, isFirst }: { rows: readonly RevisionDiffRow[]; isFirst: boolean }) {
  const t = useTranslations("modification");
  const { nameOf, valueOf } = useSettingWords();
  if (rows.length === 0)
    return <p className="text-sm text-ink-muted">{t(isFirst ? "revisions.first" : "revisions.same")}</p>;
  return (
    <DiffList>
      {rows.map(({ field, before, after }) => (
        <DiffRow
          key={field}
          label={<span title={field}>{nameOf(field)}</span>}
          before={valueOf(field, before)}
          after={valueOf(field, after)}
        />
      ))}
    </DiffList>
  );
}
