import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { RequestService } from "@/components/requests/request-place";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { Avatar } from "@/components/ui/avatar";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { QueueRow } from "@/lib/requests/queue/schema";
import type { ChosenRequest } from "./queue-selection";
import { QueueRowState } from "./queue-row-state";
import { QuickApprove } from "./quick-approve";
import { RejectRequest } from "./reject-request";
import { SelectRequests } from "./select-requests";

type QueueTableProps = { requests: readonly QueueRow[]; caption: string; viewerId: string };

export function QueueTable({ requests, caption, viewerId }: QueueTableProps) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  const decidable = requests
    .filter(({ waitsForMe }) => waitsForMe)
    .map((each) => chosen(each, titleOf(each)));
  return (
    <Table caption={caption}>
      <TableHead>
        <HeadCell className="w-[34%]">
          <span className="inline-flex items-center gap-2.5">
            {decidable.length > 1 && <SelectRequests requests={decidable} label={t("bulk.selectAll")} />}
            {t("column.request")}
          </span>
        </HeadCell>
        <HeadCell className="w-[14%]">{t("column.requester")}</HeadCell>
        <HeadCell className="w-[20%]">{t("column.where")}</HeadCell>
        <HeadCell className="w-[9%]">{t("column.size")}</HeadCell>
        <HeadCell className="w-[10%]">{t("column.waiting")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("column.decision")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {requests.map((request) => (
          <QueueTableRow key={request.id} request={request} isOwn={request.requesterId === viewerId} />
        ))}
      </TableBody>
    </Table>
  );
}

/** What a decision about many needs of one. */
function chosen({ id, version }: QueueRow, title: string): ChosenRequest {
  return { ticketId: id, version, title };
}

function QueueTableRow({ request, isOwn }: { request: QueueRow; isOwn: boolean }) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  const title = titleOf(request);
  return (
    <TableRow>
      <TableCell className="py-2 sm:max-w-88">
        <div className="flex min-w-0 items-start gap-2.5">
          {request.waitsForMe && (
            <SelectRequests
              requests={[chosen(request, title)]}
              label={t("bulk.select", { title })}
              className="relative z-1 mt-0.5"
            />
          )}
          <div className="grid min-w-0 flex-1 gap-0.5">
            <RowLink href={`/approvals/${request.id}`} className="truncate max-sm:whitespace-normal">
              {title}
            </RowLink>
            <span className="truncate text-xs text-ink-muted max-sm:whitespace-normal" title={request.reason}>
              {request.reason}
            </span>
            <QueueRowState request={request} />
          </div>
        </div>
      </TableCell>
      <TableCell label={t("column.requester")}>
        <span className="inline-flex items-center gap-1.5">
          <Avatar name={request.requesterName} size="sm" />
          {request.requesterName}
        </span>
      </TableCell>
      <TableCell label={t("column.where")}>
        <span className="inline-flex flex-wrap items-center gap-2 max-sm:justify-end">
          <RequestService request={request} />
          {request.environment && <EnvironmentBadge name={request.environment} />}
        </span>
      </TableCell>
      <TableCell label={t("column.size")}>{request.sizeName ?? "–"}</TableCell>
      <TableCell label={t("column.waiting")} className="text-ink-muted">
        {request.daysPending > 0 ? (
          t("queue.days", { days: request.daysPending })
        ) : (
          <TimeAgo at={request.createdAt} className="relative z-1" />
        )}
      </TableCell>
      <TableCell className="sm:text-right">
        {request.waitsForMe ? (
          <span className="relative z-1 inline-flex gap-2 max-sm:mt-1.5">
            <QuickApprove request={request} title={title} />
            <RejectRequest request={request} title={title} look={{ size: "sm", variant: "ghost" }} />
          </span>
        ) : (
          isOwn && <span className="text-xs text-ink-faint">{t("queue.own")}</span>
        )}
      </TableCell>
    </TableRow>
  );
}
