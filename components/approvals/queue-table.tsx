import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { RequestService } from "@/components/requests/request-place";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { Avatar } from "@/components/ui/avatar";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RequestRow } from "@/lib/requests/schema";
import { QuickApprove } from "./quick-approve";
import { RejectRequest } from "./reject-request";

type QueueTableProps = {
  requests: readonly RequestRow[];
  caption: string;
  viewerId: string;
  mayDecide: boolean;
};

export function QueueTable({ requests, caption, viewerId, mayDecide }: QueueTableProps) {
  const t = useTranslations("approvals");
  return (
    <Table caption={caption}>
      <TableHead>
        <HeadCell className="w-[34%]">{t("column.request")}</HeadCell>
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
          <QueueRow
            key={request.id}
            request={request}
            isOwn={request.requesterId === viewerId}
            mayDecide={mayDecide}
          />
        ))}
      </TableBody>
    </Table>
  );
}

type QueueRowProps = { request: RequestRow; isOwn: boolean; mayDecide: boolean };

function QueueRow({ request, isOwn, mayDecide }: QueueRowProps) {
  const t = useTranslations("approvals");
  // Whoever sees a request for access keeps its System.
  const isDecider = mayDecide || request.access !== null;
  const titleOf = useRequestTitle();
  return (
    <TableRow>
      <TableCell className="py-2 sm:max-w-88">
        <div className="grid min-w-0">
          <RowLink href={`/approvals/${request.id}`} className="truncate max-sm:whitespace-normal">
            {titleOf(request)}
          </RowLink>
          <span className="truncate text-xs text-ink-muted max-sm:whitespace-normal" title={request.reason}>
            {request.reason}
          </span>
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
        {isOwn ? (
          <span className="text-xs text-ink-faint">{t("queue.own")}</span>
        ) : (
          isDecider && (
            <span className="relative z-1 inline-flex gap-2 max-sm:mt-1.5">
              <QuickApprove request={request} title={titleOf(request)} />
              <RejectRequest
                request={request}
                title={titleOf(request)}
                look={{ size: "sm", variant: "ghost" }}
              />
            </span>
          )
        )}
      </TableCell>
    </TableRow>
  );
}
