import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { WorkflowRow } from "@/lib/requests/workflows/schema";
import { useMatchWords } from "./match-words";
import { useStepName } from "./step-words";

/** In the order in which they are asked whether they match. */
export function WorkflowTable({ workflows }: { workflows: readonly WorkflowRow[] }) {
  const t = useTranslations("workflows");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-1/3">{t("column.name")}</HeadCell>
        <HeadCell className="sm:text-right">{t("column.priority")}</HeadCell>
        <HeadCell>{t("column.match")}</HeadCell>
        <HeadCell>{t("column.steps")}</HeadCell>
        <HeadCell className="sm:text-right">{t("column.waiting")}</HeadCell>
        <HeadCell>{t("column.changed")}</HeadCell>
      </TableHead>
      <TableBody>
        {workflows.map((workflow) => (
          <WorkflowTableRow key={workflow.id} workflow={workflow} />
        ))}
      </TableBody>
    </Table>
  );
}

function WorkflowTableRow({ workflow }: { workflow: WorkflowRow }) {
  const t = useTranslations("workflows");
  const nameOf = useStepName();
  const wordsOf = useMatchWords();
  const { id, name, description, enabled, priority, steps, waiting, updatedAt } = workflow;
  const words = wordsOf(workflow);
  return (
    <TableRow className={enabled ? undefined : "text-ink-muted"}>
      <TableCell className="py-2 sm:whitespace-normal">
        <span className="grid gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            <RowLink href={`/admin/workflows/${id}`}>{name}</RowLink>
            {!enabled && <Badge>{t("disabled")}</Badge>}
          </span>
          {description !== "" && <span className="text-xs text-pretty text-ink-faint">{description}</span>}
        </span>
      </TableCell>
      <TableCell label={t("column.priority")} numeric>
        {priority}
      </TableCell>
      <TableCell label={t("column.match")} className="py-1 sm:whitespace-normal">
        <span className="flex flex-wrap gap-1">
          {words.length === 0 ? t("match.always") : words.map((word) => <Badge key={word}>{word}</Badge>)}
        </span>
      </TableCell>
      <TableCell label={t("column.steps")} className="py-1 sm:whitespace-normal">
        {steps.map((step, position) => nameOf({ name: step.name, position })).join(" → ")}
      </TableCell>
      <TableCell label={t("column.waiting")} numeric>
        {waiting}
      </TableCell>
      <TableCell label={t("column.changed")} className="relative z-1 text-ink-muted">
        <TimeAgo at={updatedAt} />
      </TableCell>
    </TableRow>
  );
}
