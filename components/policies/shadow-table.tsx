import { useTranslations } from "next-intl";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ShadowRow } from "@/lib/requests/policies/schema";
import { DecisionWord } from "./decision-change";
import { RequestCell } from "./request-cell";

/** Requests that a watching rule would have answered otherwise. */
export function ShadowTable({ rows }: { rows: readonly ShadowRow[] }) {
  const t = useTranslations("policies.shadow");
  return (
    <Table caption={t("differences")}>
      <TableHead>
        <HeadCell className="w-1/4">{t("request")}</HeadCell>
        <HeadCell>{t("requester")}</HeadCell>
        <HeadCell>{t("rule")}</HeadCell>
        <HeadCell>{t("answered")}</HeadCell>
        <HeadCell>{t("would")}</HeadCell>
        <HeadCell>{t("when")}</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="py-2 sm:whitespace-normal">
              <RequestCell {...row} />
            </TableCell>
            <TableCell label={t("requester")}>{row.requesterName}</TableCell>
            <TableCell label={t("rule")} className="relative z-1">
              <TextLink href={`/admin/policies/${row.policyId}`}>{row.policyName}</TextLink>
            </TableCell>
            <TableCell label={t("answered")} className="sm:whitespace-normal">
              <DecisionWord effect={row.actual.effect} rule={row.actual.policyName} />
            </TableCell>
            <TableCell label={t("would")} className="sm:whitespace-normal">
              <DecisionWord effect={row.would.effect} rule={row.would.policyName} />
            </TableCell>
            <TableCell label={t("when")} className="relative z-1 text-ink-muted">
              <TimeAgo at={row.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
