import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RequestRow } from "@/lib/requests/schema";
import { RequestNamespace, RequestService } from "./request-place";
import { RequestStatus } from "./request-status";
import { useRequestTitle } from "./use-request-title";

type RequestTableProps = {
  requests: readonly RequestRow[];
  withRequester: boolean;
  caption?: string | undefined;
};

export function RequestTable({ requests, withRequester, caption }: RequestTableProps) {
  const t = useTranslations("requests");
  return (
    <Table caption={caption ?? t("list.title")}>
      <TableHead>
        <HeadCell>{t("column.request")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        <HeadCell>{t("column.service")}</HeadCell>
        <HeadCell>{t("column.place")}</HeadCell>
        {withRequester && <HeadCell>{t("column.requester")}</HeadCell>}
        <HeadCell>{t("column.when")}</HeadCell>
      </TableHead>
      <TableBody>
        {requests.map((request) => (
          <RequestTableRow key={request.id} request={request} withRequester={withRequester} />
        ))}
      </TableBody>
    </Table>
  );
}

function RequestTableRow({ request, withRequester }: { request: RequestRow; withRequester: boolean }) {
  const t = useTranslations("requests");
  const titleOf = useRequestTitle();
  return (
    <TableRow>
      <TableCell>
        <span className="flex min-w-0 items-baseline gap-2 max-sm:flex-wrap">
          <RowLink href={`/requests/${request.id}`} className="min-w-0 truncate max-sm:whitespace-normal">
            {titleOf(request)}
          </RowLink>
          {request.sizeName && <span className="text-xs text-ink-faint">{request.sizeName}</span>}
        </span>
      </TableCell>
      <TableCell label={t("column.status")}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <RequestStatus status={request.status} look="plain" />
          {request.status === "PENDING" && request.infoRequestedAt !== null && (
            <Badge tone="warning">{t("list.asked")}</Badge>
          )}
          {request.status === "APPROVED" && request.heldUntil !== null && (
            <Badge tone="info">{t("list.held")}</Badge>
          )}
        </span>
      </TableCell>
      <TableCell label={t("column.service")}>
        <RequestService request={request} />
      </TableCell>
      <TableCell label={t("column.place")}>
        <RequestNamespace request={request} />
      </TableCell>
      {withRequester && <TableCell label={t("column.requester")}>{request.requesterName}</TableCell>}
      <TableCell label={t("column.when")} className="text-ink-muted">
        <TimeAgo at={request.createdAt} className="relative z-1" />
      </TableCell>
    </TableRow>
  );
}
