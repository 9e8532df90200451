import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { RejectReasonRow } from "@/lib/requests/reject-reasons/schema";
import { EditReason, RemoveReason } from "./reason-dialogs";

const aboutWords = { all: "aboutAll", machine: "aboutMachine", access: "aboutAccess" } as const;

export function ReasonTable({ reasons }: { reasons: readonly RejectReasonRow[] }) {
  const t = useTranslations("approvals.reasons");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.text")}</HeadCell>
        <HeadCell>{t("column.about")}</HeadCell>
        <HeadCell>{t("column.state")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("column.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {reasons.map((reason) => (
          <TableRow key={reason.id}>
            <TableCell className="py-2 whitespace-normal sm:whitespace-normal">
              <span className="block" lang="en">
                {reason.textEn}
              </span>
              <span className="block text-xs text-ink-muted" lang="zh-CN">
                {reason.textZh}
              </span>
            </TableCell>
            <TableCell label={t("column.about")}>{t(aboutWords[reason.about])}</TableCell>
            <TableCell label={t("column.state")}>
              <Badge tone={reason.enabled ? "success" : "neutral"}>
                {t(reason.enabled ? "enabled" : "disabled")}
              </Badge>
            </TableCell>
            <TableCell className="sm:text-right">
              <span className="inline-flex gap-2">
                <EditReason reason={reason} />
                <RemoveReason reason={reason} />
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
