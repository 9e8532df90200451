import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SyncJobRow } from "@/lib/identity/providers/directory/schema";
import { RefreshWhileRunning } from "./refresh-while-running";

const tones = { pending: "neutral", running: "info", completed: "success", failed: "danger" } as const;

/** Imports and refreshes, the latest first, with what came of them. */
export function SyncJobTable({ jobs }: { jobs: readonly SyncJobRow[] }) {
  const t = useTranslations("providers.jobs");
  if (jobs.length === 0) return <p className="text-sm text-ink-muted">{t("none")}</p>;
  return (
    <>
      {jobs.some(({ status }) => status === "pending" || status === "running") && <RefreshWhileRunning />}
      <Table caption={t("title")}>
        <TableHead>
          <HeadCell>{t("started")}</HeadCell>
          <HeadCell>{t("status")}</HeadCell>
          <HeadCell className="w-full">{t("result")}</HeadCell>
          <HeadCell>{t("by")}</HeadCell>
        </TableHead>
        <TableBody>
          {jobs.map((job) => (
            <TableRow key={job.id}>
              <TableCell className="py-1.5">
                <span className="grid min-w-0">
                  <span className="block">{t(`mode.${job.syncMode}`)}</span>
                  <TimeAgo at={job.startedAt ?? job.createdAt} className="text-xs text-ink-faint" />
                </span>
              </TableCell>
              <TableCell label={t("status")}>
                <Badge tone={tones[job.status]}>{t(`state.${job.status}`)}</Badge>
              </TableCell>
              <TableCell label={t("result")} className="py-1.5 sm:whitespace-normal">
                <JobResult job={job} />
              </TableCell>
              <TableCell label={t("by")} className="text-ink-muted">
                {job.syncMode === "scheduled_enrichment" ? t("clock") : job.createdBy}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}

const problemsShown = 20;

function JobResult({ job }: { job: SyncJobRow }) {
  const t = useTranslations("providers.jobs");
  return (
    <div className="grid min-w-0 gap-1">
      {job.summary && <span className="tabular-nums">{t("counts", job.summary)}</span>}
      {job.problems.length > 0 && (
        <details className="text-xs text-ink-muted">
          <summary className="cursor-pointer">{t("problems", { count: job.problems.length })}</summary>
          <ul className="mt-1 grid gap-0.5">
            {job.problems.slice(0, problemsShown).map((problem, at) => (
              <li key={at} className="break-words">
                {problem.username ?? problem.externalId ?? t("whole")}:{" "}
                <ProblemReason reason={problem.reason} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function ProblemReason({ reason }: { reason: string }) {
  const t = useTranslations("providers.directory.conflicts");
  return t.has(reason) ? t(reason) : reason;
}
